import type { Column } from "../../../api/runs";
import type { DocumentModel } from "../document";

const dated = /Date|timestamp|date/;
const counted = /Int|Float|Decimal|numeric|double|real/;

/** The cell that a chart put in here would be of. */
export function cellBefore(model: DocumentModel, before: number): string | undefined {
  const place = model.blocks[before]?.from ?? model.text.length;
  const cells = model.cells.filter(({ kind, name }) => kind !== "chart" && name !== "");
  return (cells.findLast(({ fence }) => fence.from < place) ?? cells.at(-1))?.name;
}

/** A chart of the cell before, over a day if its result has one. */
export function chartOf(model: DocumentModel, before: number, columnsOf: (cell: string) => Column[]): string {
  const cell = cellBefore(model, before);
  const columns = cell === undefined ? [] : columnsOf(cell);
  const x = columns.find(({ type }) => dated.test(type)) ?? columns.find(({ type }) => !counted.test(type)) ?? columns[0];
  const y = columns.find((column) => column !== x && counted.test(column.type) && !/(^|_)id$/.test(column.name));
  const type = x !== undefined && dated.test(x.type) ? "line" : "bar";
  const measure = y === undefined ? "count()" : `sum(${y.name})`;
  return [`type: ${type}`, `cell: ${cell ?? "query"}`, `x: ${plain(x?.name ?? "column")}`, `y: ${plain(measure)}`].join("\n");
}

/** A word as YAML takes it. */
function plain(word: string): string {
  return /^[A-Za-z_][\w() ]*$/.test(word) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(word) ? word : JSON.stringify(word);
}
