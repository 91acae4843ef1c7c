import { type Cell, type DocumentModel, type Edit, freeName, insertCell } from "../document";
import { changeCell } from "../form/front";
import { operate } from "../form/yaml/edit";
import { openPart } from "../form/yaml/part";
import { chartChanges, chartOf, type ChartSpec } from "./spec";

/** The YAML of a new chart. */
export function chartBody(spec: ChartSpec): string {
  return chartChanges(undefined, spec).reduce((yaml, operation) => {
    const after = operate(openPart(yaml, { from: 0, to: yaml.length }, "\n"), operation);
    return after ?? yaml;
  }, "");
}

/** Puts a chart in behind the cell that it draws. */
export function addChart(model: DocumentModel, spec: ChartSpec): Edit[] {
  const index = model.blocks.findIndex((block) => block.cell?.name === spec.cell);
  const name = freeName(model, `${spec.cell}_chart`);
  return insertCell(model, index < 0 ? model.blocks.length : index + 1, { kind: "chart", name, body: chartBody(spec) });
}

export function changeChart(model: DocumentModel, cell: Cell, spec: ChartSpec): Edit[] | undefined {
  const before = chartOf(model, cell);
  return before === undefined ? undefined : changeCell(model, cell, chartChanges(before, spec));
}

/** Whether the cell is a chart already; then it is changed. */
export function chartCell(model: DocumentModel, name: string | undefined): Cell | undefined {
  return name === undefined ? undefined : model.cells.find((cell) => cell.kind === "chart" && cell.name === name);
}

