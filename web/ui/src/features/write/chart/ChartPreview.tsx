import { Alert, Stack, Text } from "@mantine/core";
import { useDeferredValue, useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Column } from "../../../api/runs";
import { useFormat } from "../../../i18n/format";
import { ResultChart } from "../../../parts/results/ResultChart";
import { drawn, type Undrawn } from "./points";
import type { ChartSpec } from "./spec";

/** The chart as it will look, drawn of the rows that are here. */
export function ChartPreview({ spec, columns, rows }: { spec: ChartSpec; columns: Column[]; rows: unknown[][] }) {
  const { t } = useTranslation("write");
  const format = useFormat();
  const wrong = useWrong();
  const latest = useDeferredValue(spec);
  const noValue = t("chart.noValue");
  const result = useMemo(() => drawn(latest, columns, rows, noValue), [latest, columns, rows, noValue]);
  return (
    <Stack gap="xs" component="section" aria-label={t("chart.preview")} mih={360}>
      {"why" in result ? (
        <Alert color="yellow" role="status">{wrong(result)}</Alert>
      ) : (
        <>
          <ResultChart chart={{ ...result.chart, title: latest.title === "" ? t("chart.preview") : latest.title }} />
          {result.most !== undefined && <Text size="xs" c="dimmed">{t(`chart.most.${result.most.what}`, { most: format.number(result.most.most) })}</Text>}
        </>
      )}
      <Text size="xs" c="dimmed">{t("chart.previewOf", { count: rows.length })}</Text>
    </Stack>
  );
}

function useWrong(): (undrawn: Undrawn) => string {
  const { t } = useTranslation("write");
  return (undrawn) => {
    switch (undrawn.why) {
      case "column":
      case "number":
        return t(`chart.wrong.${undrawn.why}`, { name: undrawn.name });
      case "several":
        return t("chart.wrong.several", { x: undrawn.x, series: undrawn.series });
      default:
        return t(`chart.wrong.${undrawn.why}`);
    }
  };
}
