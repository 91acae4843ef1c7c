import { ActionIcon, Alert, Group, Stack, Text, TextInput, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconRefresh, IconSearch } from "@tabler/icons-react";
import { useDeferredValue, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { schemaQuery, useFreshSchema } from "../../api/schema-browser";
import { Ago } from "../../components/Ago";
import { Failure } from "../../components/Failure";
import { Nothing } from "../../components/Nothing";
import { Waiting } from "../../components/Waiting";
import { linesOf } from "./find";
import classes from "./Schema.module.css";
import { TableList } from "./TableList";
import { TableView } from "./TableView";

interface SourceBrowserProps {
  source: string;
  database: string | undefined;
  table: string | undefined;
}

/** The tables of a source, and the one that is looked at. */
export function SourceBrowser({ source, database, table }: SourceBrowserProps) {
  const { t } = useTranslation("schema");
  const schema = useQuery(schemaQuery(source));
  const fresh = useFreshSchema();
  const [search, setSearch] = useState("");
  const sought = useDeferredValue(search);
  const lines = useMemo(() => (schema.data === undefined ? [] : linesOf(schema.data, sought)), [schema.data, sought]);
  if (schema.isPending) return <Waiting />;
  if (schema.isError) return <Failure error={schema.error} retry={() => void schema.refetch()} />;
  const count = lines.filter((line) => line.kind === "table").length;
  const chosen = table === undefined ? undefined : schema.data.tables.find((one) => one.name === table && one.database === (database ?? schema.data.database));
  return (
    <div className={classes.columns} data-chosen={table}>
      <Stack gap="xs" className={classes.side}>
        <TextInput aria-label={t("search")} placeholder={t("search")} leftSection={<IconSearch size={16} aria-hidden />}
          value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
        <Group justify="space-between" gap="xs" wrap="nowrap">
          <Text size="xs" c="dimmed" role="status">
            {t("tables", { count })} · {t("read")} <Ago at={schema.data.read} />
          </Text>
          <Tooltip label={t("refresh")}>
            <ActionIcon variant="subtle" color="gray" aria-label={t("refresh")} loading={fresh.isPending} onClick={() => fresh.mutate(source)}>
              <IconRefresh size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Group>
        {fresh.isError && <Failure error={fresh.error} retry={() => fresh.mutate(source)} />}
        {schema.data.more && <Alert color="yellow">{t("moreTables")}</Alert>}
        {schema.data.tables.length === 0 && <Nothing title={t("noTables")} text={t("noTablesText")} />}
        {schema.data.tables.length > 0 && count === 0 && <Nothing title={t("nothingFound")} />}
        {count > 0 && <TableList lines={lines} source={source} chosen={chosen} />}
      </Stack>
      {table === undefined && <Nothing title={t("choose")} text={t("chooseText")} />}
      {table !== undefined && chosen === undefined && <Nothing title={t("noTable", { table })} text={t("noTableText")} />}
      {chosen !== undefined && <TableView key={`${chosen.database}.${chosen.name}`} schema={schema.data} table={chosen} />}
    </div>
  );
}
