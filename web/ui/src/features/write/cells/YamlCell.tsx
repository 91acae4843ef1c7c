import { Badge, Menu } from "@mantine/core";
import { IconChartBar } from "@tabler/icons-react";
import { lazy, memo, Suspense, useMemo } from "react";
import { useTranslation } from "react-i18next";

import { YamlEditor } from "../../../parts/code";
import { useDesk } from "../desk/DeskContext";
import { BlockFrame } from "./BlockFrame";
import { BlockProblems } from "./BlockProblems";
import { CellName } from "./CellName";
import { CellResult } from "./CellResult";
import { type CellProps, useCellEdits } from "./SqlCell";

const ChartDrawn = lazy(() => import("../chart/ChartDrawn"));

/** A chart or a cohort: a few lines of YAML, and what came of them. */
export const YamlCell = memo(function YamlCell({ kind, ...props }: CellProps & { kind: string }) {
  const { id, index, name, body, line, first, last, fresh, actions } = props;
  const { t } = useTranslation("write");
  const { store, readOnly, tries, handles, placed, trying, save, draw } = useDesk();
  const edits = useCellEdits(index);
  const problems = placed.get(index);
  const shown = useMemo(() => problems?.filter((problem) => problem.line > 0), [problems]);
  const handle = useMemo(() => (one: Parameters<typeof handles.register>[1]) => handles.register(id, one), [handles, id]);
  const what = kind === "chart" ? t("cell.chart") : t("cell.cohort");
  const label = name === "" ? what : `${what} ${name}`;
  const drawn = kind === "chart" ? /^\s*cell:\s*["']?(\w+)/m.exec(body)?.[1] : undefined;
  const pointable = !readOnly && drawn !== undefined && trying.trial.cells[drawn] !== undefined;
  const menu = pointable && (
    <Menu.Item leftSection={<IconChartBar size={16} aria-hidden />} onClick={() => draw({ cell: drawn, chart: name })}>{t("cell.editChart")}</Menu.Item>
  );
  const head = (
    <>
      <Badge variant="light" size="sm" radius="sm" color="teal">{what}</Badge>
      <CellName name={name} taken={edits.taken} readOnly={readOnly} onRename={edits.rename} />
    </>
  );
  return (
    <BlockFrame cell id={id} label={label} first={first} last={last} readOnly={readOnly} head={head} menu={menu || undefined} actions={actions}>
      <YamlEditor value={body} label={label} readOnly={readOnly} firstLine={line} minLines={2} autoFocus={fresh} problems={shown} handle={handle}
        history={store} onSave={save} onRun={tries ? () => trying.run() : undefined}
        onFocus={() => handles.focused(id)} onChange={(_, changes) => edits.write(changes)} />
      <BlockProblems problems={problems?.filter((problem) => problem.line === 0)} />
      {kind === "chart" && (
        <Suspense>
          <ChartDrawn name={name} body={body} model={store.get().model} trial={trying.trial} />
        </Suspense>
      )}
      {kind !== "chart" && <CellResult name={name} body={body} line={line} running={false} />}
    </BlockFrame>
  );
});
