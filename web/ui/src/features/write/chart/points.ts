import type { Column, RunChart } from "../../../api/runs";
import { isNumber, kindOf, textOf } from "../../../parts/results/kinds";
import { type ChartSpec, type Measure, measureText } from "./spec";

/** Why nothing can be drawn, with what the sentence names. */
export type Undrawn = { why: "nothing" | "mixed" } | { why: "column" | "number"; name: string } | { why: "several"; x: string; series: string };

export type Drawn = { chart: RunChart; most?: { what: "points" | "series"; most: number } };

const mostPoints = 10_000;
const mostSeries = 100;

interface Read {
  measure: Measure;
  at: number;
}

/** The points of a chart, computed of some rows as a run computes them of all. */
export function drawn(spec: ChartSpec, columns: Column[], rows: unknown[][], noValue: string): Drawn | Undrawn {
  const at = (name: string) => columns.findIndex((column) => column.name === name);
  if (spec.x === "" || spec.y.length === 0) return { why: "nothing" };
  for (const name of [spec.x, spec.series]) if (name !== "" && at(name) < 0) return { why: "column", name };
  const measures = spec.y.map((one) => reading(one, columns));
  const wrong = measures.find((one): one is Undrawn => "why" in one);
  if (wrong !== undefined) return wrong;
  const reads = measures as Read[];
  const plain = reads.filter(({ measure }) => measure.function === "").length;
  if (plain !== 0 && plain !== reads.length) return { why: "mixed" };
  const groups = grouped(spec, reads, rows, at(spec.x), spec.series === "" ? -1 : at(spec.series), plain > 0);
  return "why" in groups ? groups : asChart(spec, reads, groups, kindOf(columns[at(spec.x)]!.type), noValue, plain > 0 && spec.series === "");
}

/** A column that is called like the aggregate is meant first. */
function reading(measure: Measure, columns: Column[]): Read | Undrawn {
  const named = columns.findIndex(({ name }) => name === measureText(measure));
  const meant: Measure = named < 0 ? measure : { function: "", column: measureText(measure) };
  if (meant.function === "count") return { measure: meant, at: -1 };
  const at = columns.findIndex(({ name }) => name === meant.column);
  if (at < 0) return { why: "column", name: meant.column };
  if (meant.function !== "uniq" && !isNumber(kindOf(columns[at]!.type))) return { why: "number", name: meant.column };
  return { measure: meant, at };
}

interface Groups {
  points: unknown[];
  lines: unknown[];
  cells: Map<string, Sum[]>;
  left: boolean;
}

function grouped(spec: ChartSpec, reads: Read[], rows: unknown[][], x: number, series: number, plain: boolean): Groups | Undrawn {
  const groups: Groups = { points: [], lines: series < 0 ? [""] : [], cells: new Map(), left: false };
  const known = new Map<string, number>();
  const place = (list: unknown[], kind: string, value: unknown, apart = false, most = Infinity): number => {
    const key = kind + (value === null ? "n" : `v${textOf(value)}`);
    const before = known.get(key);
    if (before !== undefined && !apart) return before;
    if (list.length >= most) return -1;
    known.set(key, list.length);
    return list.push(value) - 1;
  };
  for (const row of rows) {
    const point = place(groups.points, "x", row[x], plain && series < 0, mostPoints);
    groups.left ||= point < 0;
    if (point < 0) continue;
    const line = series < 0 ? 0 : place(groups.lines, "s", row[series]);
    const key = `${point} ${line}`;
    const cell = groups.cells.get(key);
    if (plain && cell !== undefined) return { why: "several", x: spec.x, series: spec.series };
    const sums = cell ?? reads.map(() => new Sum());
    groups.cells.set(key, sums);
    reads.forEach(({ at }, index) => sums[index]!.add(at < 0 ? 1 : row[at]));
  }
  return groups;
}

/** One measure of the rows of one point. */
class Sum {
  private readonly numbers: number[] = [];
  private readonly different = new Set<string>();

  add(value: unknown): void {
    if (value === null || value === undefined) return;
    this.numbers.push(Number(value));
    this.different.add(textOf(value));
  }

  value(name: Measure["function"]): number | null {
    const { numbers } = this;
    if (name === "uniq") return this.different.size;
    if (name === "count") return numbers.length;
    if (numbers.length === 0) return null;
    const result = compute(name, numbers);
    return Number.isFinite(result) ? result : null;
  }
}

function compute(name: Measure["function"], numbers: number[]): number {
  const total = () => numbers.reduce((sum, one) => sum + one, 0);
  switch (name) {
    case "sum":
      return total();
    case "avg":
      return total() / numbers.length;
    case "min":
      return numbers.reduce((a, b) => Math.min(a, b));
    case "max":
      return numbers.reduce((a, b) => Math.max(a, b));
    default:
      return numbers.at(-1)!;
  }
}

function asChart(spec: ChartSpec, reads: Read[], groups: Groups, kind: ReturnType<typeof kindOf>, noValue: string, rowwise: boolean): Drawn {
  const order = groups.points.map((_, index) => index);
  const sorted = !rowwise && (isNumber(kind) || kind === "date" || kind === "moment");
  if (sorted) order.sort((a, b) => compare(groups.points[a], groups.points[b], isNumber(kind)));
  const named = (value: unknown) => (value === null ? noValue : textOf(value));
  const lines = largest(groups, reads);
  const series = lines.flatMap((line) =>
    reads.map(({ measure }, index) => ({
      name: spec.series === "" ? measureText(spec.y[index]!) : reads.length === 1 ? named(groups.lines[line]) : `${named(groups.lines[line])}, ${measureText(spec.y[index]!)}`,
      values: order.map((point) => groups.cells.get(`${point} ${line}`)?.[index]!.value(measure.function) ?? null),
    })),
  );
  const points = order.map((point) => (isNumber(kind) && Number.isSafeInteger(Number(groups.points[point])) && groups.points[point] !== null ? Number(groups.points[point]) : groups.points[point]));
  const chart: RunChart = { name: spec.cell, title: spec.title, kind: spec.kind, stacked: spec.stacked, x: spec.x, points, series };
  if (groups.left) return { chart, most: { what: "points", most: mostPoints } };
  return lines.length < groups.lines.length ? { chart, most: { what: "series", most: series.length } } : { chart };
}

function compare(a: unknown, b: unknown, numbers: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  if (numbers) return Number(a) - Number(b);
  const [one, other] = [textOf(a), textOf(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The lines that are drawn, in the order in which they first appear. */
function largest({ lines, cells }: Groups, reads: Read[]): number[] {
  const all = lines.map((_, index) => index);
  const most = Math.max(1, Math.floor(mostSeries / reads.length));
  if (all.length <= most) return all;
  const totals = new Map<number, number>();
  for (const [key, sums] of cells) {
    const line = Number(key.split(" ")[1]);
    totals.set(line, (totals.get(line) ?? 0) + Math.abs(sums[0]!.value(reads[0]!.measure.function) ?? 0));
  }
  return all.sort((a, b) => (totals.get(b) ?? 0) - (totals.get(a) ?? 0)).slice(0, most).sort((a, b) => a - b);
}
