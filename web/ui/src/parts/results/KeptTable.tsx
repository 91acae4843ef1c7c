import { Box, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { firstRowsQuery, type Rows, type Run, type RunCell } from "../../api/runs";
import { Failure } from "../../components/Failure";
import { Nothing } from "../../components/Nothing";
import { useFormat } from "../../i18n/format";
import { fullHeight } from "./grid";
import classes from "./KeptTable.module.css";
import type { TablePlace } from "./ResultSections";
import { ResultTable } from "./ResultTable";
import { keptRows } from "./rows";
import { useNear } from "./useNear";

interface KeptTableProps {
  run: Run;
  cell: RunCell;
  place: TablePlace;
}

/** The kept rows of a cell. But for the first, they are asked for when the table comes near what can be seen; its place is kept. */
export function KeptTable({ run, cell, place }: KeptTableProps) {
  const { t } = useTranslation("results");
  const format = useFormat();
  const { ref, near } = useNear<HTMLDivElement>();
  const kept = cell.kept ?? 0;
  const first = useQuery({ ...firstRowsQuery(run.id, cell.name), enabled: (near || place.first) && kept > 0 });
  if (cell.rows === 0) return <Nothing title={t("table.empty")} text={t("table.emptyResult")} />;
  return (
    <Stack gap={4} ref={ref}>
      {kept < cell.rows && (
        <Text size="sm" c="dimmed" className="numbers">
          {t("table.beginning", { count: cell.rows, shown: format.number(kept), rows: format.number(cell.rows) })}
        </Text>
      )}
      {first.data !== undefined && <FirstRows run={run} cell={cell} first={first.data} place={place} />}
      {first.isError && <Failure error={first.error} retry={() => void first.refetch()} />}
      {kept > 0 && first.isPending && (
        <Box pb={36} aria-busy className={classes.place}>
          <Skeleton h={`min(${place.height}, ${fullHeight(kept)}px)`} />
          <Text size="sm" className={classes.printed}>
            {t("table.rows", { count: cell.rows, rows: format.number(cell.rows) })}
          </Text>
        </Box>
      )}
    </Stack>
  );
}

function FirstRows({ run, cell, first, place }: KeptTableProps & { first: Rows }) {
  const { t } = useTranslation("results");
  const source = useMemo(() => keptRows(run.id, cell.name, first), [run.id, cell.name, first]);
  return <ResultTable source={source} label={t("table.label", { name: cell.name })} height={place.height} />;
}
