import { isMap, isSeq } from "yaml";

import type { Column } from "../../../api/runs";
import { isNumber, kindOf } from "../../../parts/results/kinds";
import type { Cell, DocumentModel } from "../document";
import type { Operation } from "../form/yaml/expected";
import { isSound, meaning, nodeAt, openPart, pairOf, textOf } from "../form/yaml/part";

export const chartKinds = ["bar", "line", "area", "pie", "scatter"] as const;
export type ChartKind = (typeof chartKinds)[number];

export const functions = ["sum", "avg", "min", "max", "uniq", "count"] as const;

/** A column as it is when the function is empty; count has no column. */
export interface Measure {
  function: "" | (typeof functions)[number];
  column: string;
}

export interface ChartSpec {
  kind: ChartKind;
  cell: string;
  x: string;
  y: Measure[];
  /** Empty for none. */
  series: string;
  stacked: boolean;
  /** A text template; empty for none. */
  title: string;
}

const form = /^\s*([A-Za-z_][A-Za-z0-9_]*)\s*\(\s*(.*?)\s*\)\s*$/;

export function readMeasure(text: string): Measure {
  const parts = form.exec(text);
  const known = functions.find((name) => name === parts?.[1]);
  return known === undefined || (known === "count") !== (parts![2] === "") ? { function: "", column: text } : { function: known, column: parts![2]! };
}

export function measureText({ function: name, column }: Measure): string {
  return name === "" ? column : `${name}(${column})`;
}

/** What a chart cell draws; undefined when it is written in a way that only a person can change. */
export function chartOf(model: DocumentModel, cell: Cell): ChartSpec | undefined {
  const part = openPart(model.text, cell.body, model.newline);
  const top = part.doc.contents;
  if (!isSound(part) || !isMap(top)) return undefined;
  const text = (key: string) => textOf(pairOf(top, key)?.value);
  const y = pairOf(top, "y")?.value;
  const kind = chartKinds.find((one) => one === text("type"));
  return {
    kind: kind ?? "bar", cell: text("cell"), x: text("x"), series: text("series"), title: text("title"),
    y: (isSeq(y) ? y.items.map(textOf) : [textOf(y)]).filter((one) => one !== "").map(readMeasure),
    stacked: meaning(nodeAt(part, ["stacked"]), part.doc) === true,
  };
}

/** The changes that make one chart of another; of nothing, all its keys. */
export function chartChanges(before: ChartSpec | undefined, after: ChartSpec): Operation[] {
  const operations: Operation[] = [];
  const put = (key: string, value: string | string[] | boolean, old: string | string[] | boolean | undefined) => {
    if (JSON.stringify(value) === JSON.stringify(old)) return;
    const none = value === "" || value === false;
    if (none && (old === undefined || old === "" || old === false)) return;
    operations.push(none ? { do: "remove", path: [key] } : { do: "set", path: [key], value });
  };
  put("type", after.kind, before?.kind);
  put("cell", after.cell, before?.cell);
  put("x", after.x, before?.x);
  put("y", heights(after), before === undefined ? undefined : heights(before));
  put("series", after.series, before?.series);
  put("stacked", after.stacked, before?.stacked);
  put("title", after.title, before?.title);
  return operations;
}

function heights({ y }: ChartSpec): string | string[] {
  const texts = y.map(measureText);
  return texts.length === 1 ? texts[0]! : texts;
}

/** What a chart of these columns most likely shows: numbers over time, or else by the first text. */
export function suggested(cell: string, columns: Column[]): ChartSpec {
  const kinds = columns.map(({ type }) => kindOf(type));
  const at = (wanted: (index: number) => boolean) => columns.findIndex((_, index) => wanted(index));
  const time = at((index) => kinds[index] === "date" || kinds[index] === "moment");
  const text = at((index) => kinds[index] === "text" || kinds[index] === "boolean");
  const looksLikeId = (index: number) => /(^|_)(id|code|number|year|month|day|hour|week)$/i.test(columns[index]!.name);
  const x = [time, text, at(looksLikeId), 0].find((index) => index >= 0)!;
  const amount = at((index) => index !== x && isNumber(kinds[index]!) && !looksLikeId(index));
  const y: Measure = amount < 0 ? { function: "count", column: "" } : { function: "sum", column: columns[amount]!.name };
  return { kind: x === time ? "line" : "bar", cell, x: columns[x]?.name ?? "", y: [y], series: "", stacked: false, title: "" };
}

/** Another kind, with what it cannot have taken away: a pie has one height and no colours, only bars and areas stand on each other. */
export function asKind(spec: ChartSpec, kind: ChartKind): ChartSpec {
  const next = { ...spec, kind, stacked: spec.stacked && (kind === "bar" || kind === "area") };
  return kind === "pie" ? { ...next, y: next.y.slice(0, 1), series: "" } : next;
}
