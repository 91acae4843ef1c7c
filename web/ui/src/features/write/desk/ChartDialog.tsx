import { lazy, Suspense, useCallback } from "react";

import type { Edit } from "../document";
import { useDesk, type Drawing } from "./DeskContext";

const ChartBuilder = lazy(() => import("../chart/ChartBuilder").then((module) => ({ default: module.ChartBuilder })));

/** A chart of a result, made by pointing at its columns. */
export function ChartDialog({ drawing, onClose }: { drawing: Drawing | undefined; onClose: () => void }) {
  const { store, trying } = useDesk();
  const apply = useCallback((edits: Edit[]) => store.change(edits), [store]);
  if (drawing === undefined) return null;
  const result = trying.trial.cells[drawing.cell]?.cell.result;
  return (
    <Suspense>
      <ChartBuilder cell={drawing.cell} chart={drawing.chart} columns={result?.columns ?? []} rows={result?.rows ?? []} text={store.get().text} apply={apply} onClose={onClose} />
    </Suspense>
  );
}
