import { Alert, Button, Group, Modal, SimpleGrid, Stack, Switch, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Column } from "../../../api/runs";
import { type Edit, parseDocument } from "../document";
import { ChartPreview } from "./ChartPreview";
import { ColumnChoice } from "./ColumnChoice";
import { HeightChoice } from "./HeightChoice";
import { KindChoice } from "./KindChoice";
import { addChart, changeChart, chartCell } from "./place";
import { asKind, chartOf, type ChartSpec, suggested } from "./spec";

export interface ChartBuilderProps {
  /** The cell whose result is drawn. */
  cell: string;
  /** Of its last trial. */
  columns: Column[];
  rows: unknown[][];
  text: string;
  apply: (edits: Edit[], label: string) => void;
  onClose: () => void;
  /** The chart to edit; a new one when left out. */
  chart?: string;
}

/** Makes a chart of a result by pointing at its columns, or edits one. The document changes when one is done. */
export function ChartBuilder({ cell, columns, rows, text, apply, onClose, chart }: ChartBuilderProps) {
  const { t } = useTranslation(["write", "general"]);
  const model = useMemo(() => parseDocument(text), [text]);
  const existing = chartCell(model, chart);
  const kept = existing === undefined ? undefined : chartOf(model, existing);
  const [spec, setSpec] = useState<ChartSpec>(() => kept ?? suggested(cell, columns));
  const title = t(existing === undefined ? "chart.title" : "chart.editTitle");
  const done = () => {
    const edits = existing === undefined ? addChart(model, spec) : changeChart(model, existing, spec);
    if (edits === undefined) notifications.show({ color: "yellow", message: t("chart.byHand") });
    else if (edits.length > 0) apply(edits, title);
    onClose();
  };
  const unreadable = existing !== undefined && kept === undefined;
  return (
    <Modal opened onClose={onClose} size="min(1100px, 96vw)" title={title} closeButtonProps={{ "aria-label": t("close", { ns: "general" }) }}>
      {unreadable && <Alert color="yellow">{t("chart.byHand")}</Alert>}
      {!unreadable && columns.length === 0 && <Alert color="gray">{t("chart.noColumns")}</Alert>}
      {!unreadable && columns.length > 0 && (
        <Stack gap="lg">
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
            <Choices spec={spec} columns={columns} set={setSpec} />
            <ChartPreview spec={spec} columns={columns} rows={rows} />
          </SimpleGrid>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t("cancel", { ns: "general" })}</Button>
            <Button onClick={done} disabled={spec.x === "" || spec.y.length === 0}>{t(existing === undefined ? "chart.insert" : "chart.done")}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

function Choices({ spec, columns, set }: { spec: ChartSpec; columns: Column[]; set: (spec: ChartSpec) => void }) {
  const { t } = useTranslation("write");
  const pie = spec.kind === "pie";
  return (
    <Stack gap="md">
      <KindChoice value={spec.kind} onChange={(kind) => set(asKind(spec, kind))} />
      <ColumnChoice label={t(pie ? "chart.asXPie" : "chart.asX")} columns={columns} value={spec.x} onChange={(x) => set({ ...spec, x })} />
      <HeightChoice columns={columns} value={spec.y} single={pie} onChange={(y) => set({ ...spec, y })} />
      {!pie && <ColumnChoice label={t("chart.asSeries")} columns={columns} value={spec.series} optional onChange={(series) => set({ ...spec, series })} />}
      {(spec.kind === "bar" || spec.kind === "area") && (
        <Switch label={t("chart.stacked")} checked={spec.stacked} onChange={(event) => set({ ...spec, stacked: event.currentTarget.checked })} />
      )}
      <TextInput label={t("chart.heading")} value={spec.title} onChange={(event) => set({ ...spec, title: event.currentTarget.value })} />
    </Stack>
  );
}

export default ChartBuilder;
