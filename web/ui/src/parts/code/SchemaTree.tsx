import { ActionIcon, Box, Group, Stack, Text, TextInput, Tooltip, UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconChevronDown, IconChevronRight, IconKey, IconPlus, IconSearch } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { SchemaTable, SourceSchema } from "../../api/schema-browser";
import { useFormat } from "../../i18n/format";
import { foundTables, writtenName } from "./language/tree";

interface SchemaTreeProps {
  schema: Pick<SourceSchema, "database" | "driver" | "tables" | "more">;
  /** Writes a name into a text; without it names are only looked at. */
  onInsert?: (name: string) => void;
}

const atOnce = 100;

/** Tables of a source, with their columns when opened. */
export function SchemaTree({ schema, onInsert }: SchemaTreeProps) {
  const { t } = useTranslation("code");
  const [search, setSearch] = useState("");
  const [settled] = useDebouncedValue(search, 150);
  const [more, setMore] = useState(1);
  const found = useMemo(() => foundTables(schema, settled), [schema, settled]);
  return (
    <Stack gap="xs">
      <TextInput size="xs" value={search} onChange={(event) => setSearch(event.currentTarget.value)} leftSection={<IconSearch size={14} aria-hidden />}
        aria-label={t("tree.search")} placeholder={t("tree.search")} />
      {found.length === 0 && <Text size="sm" c="dimmed">{schema.tables.length === 0 ? t("tree.empty") : t("tree.nothing")}</Text>}
      <Stack gap={2} component="ul" m={0} p={0} style={{ listStyle: "none" }}>
        {found.slice(0, more * atOnce).map(({ table, byColumn }) => (
          <TableItem key={`${table.database}.${table.name}`} table={table} schema={schema} open={byColumn} onInsert={onInsert} />
        ))}
      </Stack>
      {found.length > more * atOnce && (
        <UnstyledButton onClick={() => setMore(more + 1)}>
          <Text size="sm" c="var(--mantine-color-anchor)">{t("tree.more", { count: found.length - more * atOnce })}</Text>
        </UnstyledButton>
      )}
    </Stack>
  );
}

function TableItem({ table, schema, open: found, onInsert }: { table: SchemaTable; schema: SchemaTreeProps["schema"]; open: boolean } & Pick<SchemaTreeProps, "onInsert">) {
  const { t } = useTranslation("code");
  const format = useFormat();
  const [pressed, setPressed] = useState<boolean>();
  const open = pressed ?? found;
  const name = table.database === schema.database ? table.name : `${table.database}.${table.name}`;
  return (
    <li>
      <Group gap={4} wrap="nowrap">
        <UnstyledButton aria-expanded={open} onClick={() => setPressed(!open)} style={{ flex: 1, minWidth: 0 }} py={3} title={table.comment || undefined}>
          <Group gap={4} wrap="nowrap">
            {open ? <IconChevronDown size={14} aria-hidden style={{ flex: "none" }} /> : <IconChevronRight size={14} aria-hidden style={{ flex: "none" }} />}
            <Text size="sm" fw={500} truncate>{name}</Text>
            {table.rows !== null && <Text size="xs" c="dimmed" className="numbers" style={{ flex: "none" }}>{format.number(table.rows, { notation: "compact" })}</Text>}
          </Group>
        </UnstyledButton>
        {onInsert !== undefined && (
          <ActionIcon variant="subtle" color="gray" size={24} aria-label={t("tree.insert", { name })} onClick={() => onInsert(writtenName(table, schema))}>
            <IconPlus size={14} aria-hidden />
          </ActionIcon>
        )}
      </Group>
      {open && <Columns table={table} driver={schema.driver} onInsert={onInsert} />}
    </li>
  );
}

function Columns({ table, driver, onInsert }: { table: SchemaTable; driver: string } & Pick<SchemaTreeProps, "onInsert">) {
  const { t } = useTranslation("code");
  return (
    <Box component="ul" m={0} pl={18} style={{ listStyle: "none" }}>
      {table.columns.map((column) => {
        const line = (
          <Group gap={6} wrap="nowrap" justify="space-between">
            <Group gap={4} wrap="nowrap" style={{ minWidth: 0 }}>
              <Text size="sm" truncate>{column.name}</Text>
              {column.key && <IconKey size={12} role="img" aria-label={t("tree.key")} style={{ flex: "none" }} />}
            </Group>
            <Text size="xs" c="dimmed" truncate maw="50%" title={column.type}>{column.type}</Text>
          </Group>
        );
        return (
          <li key={column.name}>
            <Tooltip label={column.comment} disabled={column.comment === ""}>
              {onInsert === undefined ? <Box py={2}>{line}</Box> : (
                <UnstyledButton w="100%" py={3} onClick={() => onInsert(writtenName({ name: column.name }, { driver }))}>{line}</UnstyledButton>
              )}
            </Tooltip>
          </li>
        );
      })}
    </Box>
  );
}
