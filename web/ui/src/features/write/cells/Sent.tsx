import { ActionIcon, Alert, Code, Group, Paper, Stack, Table, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { IconX } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

import { showStatements, type Statement } from "../../../api/trial";
import { Failure } from "../../../components/Failure";
import { Waiting } from "../../../components/Waiting";
import { useFormat } from "../../../i18n/format";
import { SqlEditor } from "../../../parts/code";
import { useDesk } from "../desk/DeskContext";

/** What a cell sends to its source with the values of the form, and what is bound in it. */
export function Sent({ cell, onClose }: { cell: string; onClose: () => void }) {
  const { t } = useTranslation(["write", "general"]);
  const { store, report, values } = useDesk();
  const { text } = useSyncExternalStore(store.subscribe, store.get);
  const [document] = useDebouncedValue(text, 700);
  const query = useQuery({
    queryKey: ["statements", document, values, report?.id],
    queryFn: ({ signal }) => showStatements({ document, values, report: report?.id }, signal),
    placeholderData: keepPreviousData,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const statement = query.data?.items.find((item) => item.cell === cell);
  return (
    <Paper withBorder p="sm" mt="xs" role="region" aria-label={t("sent.title")}>
      <Group justify="space-between" mb="xs">
        <Text fw={600} size="sm">{t("sent.title")}</Text>
        <ActionIcon variant="subtle" color="gray" aria-label={t("general:close")} onClick={onClose}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </Group>
      {query.isPending && <Waiting />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data !== undefined && query.data.fields.length > 0 && (
        <Alert color="yellow">{t("sent.fillIn", { mistakes: query.data.fields.map((field) => `${field.field}: ${field.message}`).join("; ") })}</Alert>
      )}
      {statement !== undefined && <StatementSent statement={statement} />}
      {query.isSuccess && statement === undefined && query.data.fields.length === 0 && <Text size="sm" c="dimmed">{t("sent.none")}</Text>}
    </Paper>
  );
}

function StatementSent({ statement }: { statement: Statement }) {
  const { t } = useTranslation("write");
  const format = useFormat();
  if (statement.error !== "") return <Alert color="red">{statement.error}</Alert>;
  return (
    <Stack gap="xs">
      <SqlEditor value={statement.sql} label={t("sent.title")} readOnly lineNumbers={false} minLines={1} maxHeight="40vh" />
      {statement.parameters.length > 0 && (
        <Table.ScrollContainer minWidth={0}>
          <Table withRowBorders={false} verticalSpacing={2} fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("sent.parameter")}</Table.Th>
                <Table.Th>{t("sent.type")}</Table.Th>
                <Table.Th>{t("sent.value")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {statement.parameters.map((parameter) => (
                <Table.Tr key={parameter.name}>
                  <Table.Td><Code>{parameter.name}</Code></Table.Td>
                  <Table.Td>{parameter.type}</Table.Td>
                  <Table.Td>{parameter.value}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {statement.tables.map((table) => (
        <Text key={table.name} size="sm">
          {table.cell === "" ? t("sent.list", { name: table.name, count: table.rows, rows: format.number(table.rows) }) : t("sent.table", { name: table.name, cell: table.cell })}
        </Text>
      ))}
    </Stack>
  );
}
