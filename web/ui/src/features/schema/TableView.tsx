import { Anchor, Badge, Group, Stack, Text, Title } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { SchemaTable, SourceSchema } from "../../api/schema-browser";
import { useFormat } from "../../i18n/format";
import { paths } from "../../paths";
import { ColumnTable } from "./ColumnTable";
import { Sample } from "./Sample";
import { TableActions } from "./TableActions";
import { TableUses } from "./TableUses";

/** One table: what it holds, some of it, and which reports read it. */
export function TableView({ schema, table }: { schema: SourceSchema; table: SchemaTable }) {
  const { t } = useTranslation("schema");
  const format = useFormat();
  const address = { source: schema.source, database: table.database, table: table.name };
  const figures = [
    ...(table.rows === null ? [] : [t("rows", { count: table.rows, rows: format.number(table.rows) })]),
    ...(table.bytes === null ? [] : [format.bytes(table.bytes)]),
    t("columnCount", { count: table.columns.length }),
  ];
  return (
    <Stack component="section" aria-labelledby="table" gap="lg">
      <Anchor component={Link} to={paths.schema({ source: schema.source })} size="sm" hiddenFrom="md">
        <Group gap={4}>
          <IconArrowLeft size={16} aria-hidden /> {t("allTables")}
        </Group>
      </Anchor>
      <Group justify="space-between" align="flex-start">
        <div style={{ flex: "1 1 260px", minWidth: 0 }}>
          <Text size="sm" c="dimmed" ff="monospace">
            {table.database}
          </Text>
          <Title order={2} size="h3" ff="monospace" id="table">
            {table.name}
          </Title>
          <Group gap="xs" mt={4}>
            <Badge variant="default" tt="none">{t(`kinds.${table.kind}`)}</Badge>
            <Text size="sm" c="dimmed" className="numbers">{figures.join(" · ")}</Text>
          </Group>
        </div>
        <TableActions schema={schema} table={table} />
      </Group>
      {table.comment !== "" && <Text maw={760}>{table.comment}</Text>}
      <ColumnTable columns={table.columns} />
      <Sample address={address} />
      <TableUses address={address} />
    </Stack>
  );
}
