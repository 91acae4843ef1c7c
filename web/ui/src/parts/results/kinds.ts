import type { Cell } from "../../api/runs";

/** What a column holds, as far as it matters to how it is shown and sorted. */
export type Kind = "integer" | "decimal" | "float" | "boolean" | "date" | "moment" | "text" | "composite";

const wrapped = /^(?:Nullable|LowCardinality)\((.*)\)$/;

/** The type below Nullable and LowCardinality. */
export function bare(type: string): string {
  const inner = wrapped.exec(type)?.[1];
  return inner === undefined ? type : bare(inner);
}

export function kindOf(type: string): Kind {
  const name = bare(type);
  if (/^U?Int\d+$/.test(name)) return "integer";
  if (name.startsWith("Decimal")) return "decimal";
  if (/^B?Float\d+$/.test(name)) return "float";
  if (/^Bool$/.test(name)) return "boolean";
  if (/^Date(32)?$/.test(name)) return "date";
  if (name.startsWith("DateTime")) return "moment";
  if (/^(Array|Tuple|Map|Nested|JSON|Object|Variant|Dynamic|Point|Ring|Polygon|MultiPolygon)\b/.test(name)) return "composite";
  return "text";
}

export function isNumber(kind: Kind): boolean {
  return kind === "integer" || kind === "decimal" || kind === "float";
}

/** A value as text: as it came, for nothing may be lost. NULL is empty; the table shows it in its own way. */
export function textOf(value: Cell): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}

/** A moment as people read it: the day, the time with all its digits, and the offset only where it is asked for. */
export function shownText(value: Cell, kind: Kind): string {
  const text = textOf(value);
  if (kind !== "moment") return text;
  return text.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d(?:\.\d+)?)(?:Z|[+-]\d\d:\d\d)$/, "$1 $2");
}
