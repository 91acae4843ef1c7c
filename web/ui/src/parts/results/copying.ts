import type { Cell, Column, RowOrder } from "../../api/runs";
import { textOf } from "./kinds";
import type { RowsSource } from "./rows";

/** A field of a table as spreadsheets take it from the clipboard: quoted where it holds what would split it. */
function field(value: Cell): string {
  const text = textOf(value);
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as tab-separated values, with the columns' names above them if they are given. */
export function tsv(rows: Cell[][], columns?: Column[]): string {
  const lines = columns === undefined ? [] : [columns.map((column) => field(column.name)).join("\t")];
  for (const row of rows) lines.push(row.map(field).join("\t"));
  return lines.join("\n");
}

/** One value alone is copied as it is, so that it can be searched for; several become a table. */
export function copied(rows: Cell[][], columns?: Column[]): string {
  const only = rows.length === 1 && rows[0]!.length === 1 && columns === undefined;
  return only ? textOf(rows[0]![0]) : tsv(rows, columns);
}

/** How many rows are copied at most: what a clipboard and a spreadsheet take without choking. */
export const mostCopied = 20_000;

const together = 1000;

/** Reads rows of a source one piece after the other. */
export async function readAll(source: RowsSource, from: number, count: number, order?: RowOrder): Promise<Cell[][]> {
  const rows: Cell[][] = [];
  const end = Math.min(from + count, source.total);
  for (let at = from; at < end; at += together) {
    const page = await source.read(at, Math.min(together, end - at), order);
    rows.push(...page.rows);
    if (page.rows.length === 0) break;
  }
  return rows;
}

/** Puts a text that may still be on its way on the clipboard; it is to be called while a key or button is handled. */
export async function toClipboard(text: Promise<string>): Promise<void> {
  const clipboard = navigator.clipboard as Clipboard | undefined; // none where the page is not served safely
  if (clipboard !== undefined && typeof ClipboardItem !== "undefined") {
    const blob = text.then((ready) => new Blob([ready], { type: "text/plain" }));
    await clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    return;
  }
  const ready = await text;
  if (clipboard !== undefined) await clipboard.writeText(ready);
  else copyTheOldWay(ready);
}

function copyTheOldWay(text: string): void {
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  const before = document.activeElement;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  if (!done) throw new Error("The browser does not let the page copy.");
}
