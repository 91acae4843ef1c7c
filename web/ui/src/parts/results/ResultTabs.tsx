import { Skeleton, Stack, Tabs, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { firstRowsQuery, type Rows, type Run, type RunCell } from "../../api/runs";
import { Failure } from "../../components/Failure";
import { useFormat } from "../../i18n/format";
import { cellsToShow } from "./results";
import { ResultTable } from "./ResultTable";
import { keptRows } from "./rows";

/** The rows of a run to look at: one table, or a tab for each result. */
export function ResultTabs({ run }: { run: Run }) {
  const { t } = useTranslation("results");
  const format = useFormat();
  const cells = cellsToShow(run);
  if (cells.length === 0) return null;
  if (cells.length === 1) {
    return (
      <Stack gap="xs">
        <Title order={2} size="h4">
          {t("table.title")}
        </Title>
        <CellTable run={run} cell={cells[0]!} />
      </Stack>
    );
  }
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {t("table.title")}
      </Title>
      <Tabs defaultValue={cells[0]!.name} keepMounted={false}>
        <Tabs.List mb="sm">
          {cells.map((cell) => (
            <Tabs.Tab key={cell.name} value={cell.name}>
              {cell.name}{" "}
              <Text span size="xs" c="dimmed" className="numbers">
                {format.number(cell.rows)}
              </Text>
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {cells.map((cell) => (
          <Tabs.Panel key={cell.name} value={cell.name}>
            <CellTable run={run} cell={cell} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  );
}

function CellTable({ run, cell }: { run: Run; cell: RunCell }) {
  const first = useQuery(firstRowsQuery(run.id, cell.name));
  if (first.data !== undefined) return <KeptTable run={run} cell={cell} first={first.data} />;
  if (first.isPending) return <Skeleton h={Math.min(560, 34 + 30 * (cell.kept ?? 10) + 36)} />;
  return <Failure error={first.error} retry={() => void first.refetch()} />;
}

function KeptTable({ run, cell, first }: { run: Run; cell: RunCell; first: Rows }) {
  const { t } = useTranslation("results");
  const format = useFormat();
  const source = useMemo(() => keptRows(run.id, cell.name, first), [run.id, cell.name, first]);
  const beginning = first.total < cell.rows;
  return (
    <Stack gap={4}>
      {beginning && (
        <Text size="sm" c="dimmed" className="numbers">
          {t("table.beginning", { count: cell.rows, shown: format.number(first.total), rows: format.number(cell.rows) })}
        </Text>
      )}
      <ResultTable source={source} label={t("table.label", { name: cell.name })} />
    </Stack>
  );
}
