import { Alert, Button, Group, Loader, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconChartBar } from "@tabler/icons-react";
import { lazy, Suspense, useMemo } from "react";
import { useTranslation } from "react-i18next";

import { Waiting } from "../../../components/Waiting";
import { useFormat } from "../../../i18n/format";
import { fixedRows } from "../../../parts/results/rows";
import { useDesk } from "../desk/DeskContext";
import { failedLine } from "../run/trial";

const ResultTable = lazy(() => import("../../../parts/results/ResultTable").then((module) => ({ default: module.ResultTable })));

interface CellResultProps {
  name: string;
  body: string;
  line: number;
  running: boolean;
}

/** What the last run of a cell brought, or how far it is. */
export function CellResult({ name, body, line, running }: CellResultProps) {
  const { t } = useTranslation("write");
  const format = useFormat();
  const { trying, readOnly, draw } = useDesk();
  const { trial } = trying;
  const result = trial.cells[name];
  const source = useMemo(() => (result === undefined ? undefined : fixedRows(result.cell.result)), [result]);
  const progress = trial.running?.progress?.cells.find((cell) => cell.name === name);
  if (running) {
    return (
      <Group gap="xs" mt="xs" role="status">
        <Loader size="xs" />
        <Text size="sm">{progress !== undefined && progress.read > 0 ? t("run.read", { count: progress.read, rows: format.number(progress.read) }) : t("run.running")}</Text>
      </Group>
    );
  }
  if (result === undefined || source === undefined) return null;
  const { cell } = result;
  const stale = result.ran.body !== body;
  if (cell.error !== "") {
    const failed = failedLine(result, { body, line });
    const title = failed > 0 ? t("run.failedAt", { line: failed }) : t("run.failed");
    return (
      <Alert mt="xs" color="red" p="xs" icon={<IconAlertTriangle aria-hidden />} role="alert" title={stale ? `${title} · ${t("run.stale")}` : title}>
        <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>{cell.error}</Text>
      </Alert>
    );
  }
  return (
    <Stack gap={6} mt="xs">
      <Group justify="space-between" gap="xs">
        <Text size="xs" c="dimmed" className="numbers" role="status">
          {t("run.done", { count: cell.rows, rows: format.number(cell.rows), time: format.duration(cell.seconds) })}
          {stale && ` · ${t("run.stale")}`}
        </Text>
        {!readOnly && cell.result.columns.length > 0 && (
          <Button size="compact-xs" variant="subtle" leftSection={<IconChartBar size={14} aria-hidden />} onClick={() => draw({ cell: name })}>
            {t("run.draw")}
          </Button>
        )}
      </Group>
      <Suspense fallback={<Waiting />}>
        <ResultTable source={source} label={t("run.resultOf", { name })} height={320} />
      </Suspense>
    </Stack>
  );
}
