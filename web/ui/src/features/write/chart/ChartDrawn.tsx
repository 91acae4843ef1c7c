import { Box } from "@mantine/core";
import { useMemo, useState } from "react";

import { ResultChart } from "../../../parts/results/ResultChart";
import type { DocumentModel } from "../document";
import type { Trial } from "../run/trial";
import { ChartPreview } from "./ChartPreview";
import { chartCell } from "./place";
import { chartOf } from "./spec";

/** A chart as the last trial drew it; one that is new, or was changed since, is drawn of the rows that the trial brought. */
export default function ChartDrawn({ name, body, model, trial }: { name: string; body: string; model: DocumentModel; trial: Trial }) {
  const chart = trial.charts[name];
  const [tried, setTried] = useState({ chart, body });
  if (tried.chart !== chart) setTried({ chart, body });
  const spec = useMemo(() => {
    const cell = chartCell(model, name);
    return cell === undefined ? undefined : chartOf(model, cell);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the model changes with every letter of the document, what it says of this chart with its body
  }, [name, body]);
  const drawn = spec === undefined ? undefined : trial.cells[spec.cell]?.cell;
  const whole = chart !== undefined && tried.body === body;
  if (!whole && spec !== undefined && drawn !== undefined && drawn.error === "" && drawn.result.columns.length > 0) {
    return (
      <Box mt={10}>
        <ChartPreview spec={spec} columns={drawn.result.columns} rows={drawn.result.rows} />
      </Box>
    );
  }
  if (chart === undefined) return null;
  return (
    <Box mt={10}>
      <ResultChart chart={chart} />
    </Box>
  );
}
