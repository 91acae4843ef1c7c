import { Alert, Box, Button, Group, Skeleton, Stack, Text, VisuallyHidden } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { lazy, Suspense, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Rows, RunChart } from "../../api/runs";
import { Nothing } from "../../components/Nothing";
import { useFormat } from "../../i18n/format";
import { axisOf } from "./chartOption";
import { ResultTable } from "./ResultTable";
import { fixedRows } from "./rows";

const Canvas = lazy(() => import("./Canvas"));

/** A chart of a run, under its title if it has one, and the same as a table for those who rather read numbers. */
export function ResultChart({ chart }: { chart: RunChart }) {
  const { t } = useTranslation("results");
  const id = useId();
  const describe = useDescription();
  const [asTable, setAsTable] = useState(false);
  const source = useMemo(() => fixedRows(chartRows(chart)), [chart]);
  const drawn = chart.points.length > 0 && chart.series.length > 0;
  return (
    <Stack component="figure" m={0} gap="xs" aria-labelledby={id}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text id={id} component="figcaption" fw={600}>
          {chart.title === chart.name ? <VisuallyHidden>{chart.title}</VisuallyHidden> : chart.title}
        </Text>
        {drawn && (
          <Button size="compact-xs" variant="subtle" color="gray" style={{ flex: "none" }} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? t("chart.asChart") : t("chart.asTable")}
          </Button>
        )}
      </Group>
      {drawn && asTable && <ResultTable source={source} label={chart.title} height={320} />}
      {drawn && !asTable && (
        <Box h={320} role="img" aria-label={describe(chart)}>
          <Suspense fallback={<Skeleton h={320} />}>
            <Canvas chart={chart} />
          </Suspense>
        </Box>
      )}
      {!drawn && (chart.note ?? "") === "" && <Nothing title={t("chart.empty")} />}
      {chart.note !== undefined && chart.note !== "" && (
        <Alert color="gray" icon={<IconInfoCircle aria-hidden />} p="xs">
          {chart.note}
        </Alert>
      )}
    </Stack>
  );
}

/** The points of a chart with a column for each series. */
function chartRows(chart: RunChart): Rows {
  const times = axisOf(chart) === "time";
  const point = times ? "String" : chart.points.every((value) => typeof value === "number") ? "Float64" : "String";
  return {
    columns: [{ name: chart.x, type: point }, ...chart.series.map(({ name }) => ({ name, type: "Float64" }))],
    rows: chart.points.map((value, at) => [value, ...chart.series.map(({ values }) => values[at] ?? null)]),
    offset: 0, total: chart.points.length, cut: false,
  };
}

/** What a chart shows, in a sentence: what is drawn over what, and between which values. */
function useDescription(): (chart: RunChart) => string {
  const { t } = useTranslation("results");
  const format = useFormat();
  return (chart) => {
    let [least, most] = [Infinity, -Infinity];
    for (const { values } of chart.series) {
      for (const value of values) {
        if (value === null) continue;
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    const series = format.list(chart.series.slice(0, 8).map(({ name }) => name));
    const what = t("chart.about", { title: chart.title, series, x: chart.x, count: chart.points.length });
    return least > most ? what : `${what} ${t("chart.range", { least: format.number(least), most: format.number(most) })}`;
  };
}
