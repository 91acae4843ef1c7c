import { Code, Collapse, Stack, Table, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";

import type { Run } from "../../api/runs";
import { useFormat } from "../../i18n/format";
import { useMaySee } from "./useLevel";
import { ValuesTable } from "./ValuesTable";

/** For those who may see how the report is made: what each cell did, and what exactly was asked. */
export function RunDetails({ run }: { run: Run }) {
  const { t } = useTranslation("results");
  const [opened, { toggle }] = useDisclosure(false);
  const sees = useMaySee(run);
  const id = useId();
  if (!sees) return null;
  const Icon = opened ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <UnstyledButton onClick={toggle} aria-expanded={opened} aria-controls={id} py={4} style={{ display: "inline-flex", alignItems: "center", gap: 4 }}>
        <Icon size={16} aria-hidden />
        <Text size="sm" c="dimmed">
          {t("details.title")}
        </Text>
      </UnstyledButton>
      <Collapse expanded={opened} id={id}>
        <Stack gap="sm" pt="xs">
          <Text size="sm" className="numbers">
            {t("details.revision", { revision: run.revision })} · {t("details.timezone", { zone: run.timezone })} · {t("details.attempt", { attempt: run.attempt })}
          </Text>
          <CellsTable run={run} />
          <ValuesTable values={run.values} />
        </Stack>
      </Collapse>
    </div>
  );
}

function CellsTable({ run }: { run: Run }) {
  const { t } = useTranslation("results");
  const format = useFormat();
  if (run.cells.length === 0) return null;
  return (
    <Table.ScrollContainer minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0, "aria-label": t("details.cells"), role: "region" } }}>
      <Table fz="sm" className="numbers" withTableBorder>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("details.cell")}</Table.Th>
            <Table.Th>{t("details.source")}</Table.Th>
            <Table.Th ta="right">{t("details.rows")}</Table.Th>
            <Table.Th ta="right">{t("details.bytes")}</Table.Th>
            <Table.Th ta="right">{t("details.time")}</Table.Th>
            <Table.Th>{t("details.query")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {run.cells.map((cell) => (
            <Table.Tr key={cell.name}>
              <Table.Td>{cell.name}</Table.Td>
              <Table.Td>{cell.source}</Table.Td>
              <Table.Td ta="right">{format.number(cell.rows)}</Table.Td>
              <Table.Td ta="right">{format.bytes(cell.bytes)}</Table.Td>
              <Table.Td ta="right">{format.duration(cell.seconds)}</Table.Td>
              <Table.Td>
                <Code>{cell.query_id}</Code>
                {cell.error !== "" && (
                  <Text size="xs" c="var(--mantine-color-error)">
                    {cell.error}
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
