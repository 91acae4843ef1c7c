/** A word or number that is written as it is, such as 12.50 or 2025-01-31. */
export class Plain {
  constructor(readonly text: string) {}
}

/** What can be written as YAML. A key without a value is left out. */
export type Written = string | boolean | Plain | Written[] | { [key: string]: Written | undefined };
export type WrittenMap = Record<string, Written | undefined>;

export type Quote = '"' | "'" | "";

const meaningful = /^(?:~|null|true|false|yes|no|on|off|y|n|[-+]?\.?(?:inf|nan))$/i;
const numeric = /^[-+.]?[0-9][0-9_.:eExXoO+a-fA-F-]*$/;
const indicator = /^[-?:,[\]{}#&*!|>'"%@`=<~]/;
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ud800-\udfff]/;

/** Whether a text is the same text without quotes, to every reader of YAML. */
export function isPlain(text: string, flow: boolean): boolean {
  if (text === "" || text !== text.trim() || unprintable.test(text) || indicator.test(text)) return false;
  if (meaningful.test(text) || numeric.test(text)) return false;
  if (/:(\s|$)|\s#/.test(text)) return false;
  return !flow || !/[,[\]{}]/.test(text);
}

/** A text on one line, in the quotes that it had where they can hold it. */
export function scalarText(text: string, flow: boolean, quote: Quote = ""): string {
  if (quote === "" && isPlain(text, flow)) return text;
  const single = !unprintable.test(text) && (quote === "'" || (quote === "" && /["\\]/.test(text)));
  if (single) return `'${text.replaceAll("'", "''")}'`;
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function given(value: WrittenMap): [string, Written][] {
  return Object.entries(value).filter((entry): entry is [string, Written] => entry[1] !== undefined);
}

export function isMapping(value: Written): value is WrittenMap {
  return typeof value === "object" && !Array.isArray(value) && !(value instanceof Plain);
}

/** A value on one line, as it stands between brackets. */
export function flowText(value: Written): string {
  if (typeof value === "string") return scalarText(value, true);
  if (typeof value === "boolean") return String(value);
  if (value instanceof Plain) return value.text;
  if (Array.isArray(value)) return `[${value.map(flowText).join(", ")}]`;
  return `{${given(value).map(([key, one]) => `${key}: ${flowText(one)}`).join(", ")}}`;
}

/** Texts of several lines are easier to read as they are. */
export function canBeLiteral(text: string): boolean {
  return /\S[^\n]*\n/.test(text) && !/^[\s]/.test(text) && !/[^\S\n]\n|\n[^\S\n]+$|\n\n$/.test(text) && !unprintable.test(text.replaceAll("\n", "").replaceAll("\t", " "));
}

/** The lines of a literal text after its header, with line breaks before them. */
function literal(text: string, indent: number): { header: string; lines: string } {
  const body = text.replace(/\n$/, "");
  const lines = body.split("\n").map((line) => (line === "" ? "" : " ".repeat(indent) + line));
  return { header: text.endsWith("\n") ? "|" : "|-", lines: `\n${lines.join("\n")}` };
}

const narrow = 110;

/** Whether a value reads well on one line. */
function isShort(value: Written): boolean {
  if (typeof value === "string") return !value.includes("\n");
  if (typeof value === "boolean" || value instanceof Plain) return true;
  const parts = Array.isArray(value) ? value : given(value).map(([, one]) => one);
  const scalars = parts.every((part) => typeof part !== "object" || part instanceof Plain);
  return scalars && parts.every(isShort) && flowText(value).length <= narrow;
}

export interface Place {
  /** The column of the key or dash that the value belongs to. */
  indent: number;
  quote?: Quote;
  /** How far a literal text is indented, where it is known. */
  literalIndent?: number;
  /** What follows on the first line: a comment that was there. */
  comment?: string;
}

/** What follows `key:` in block style, from the space or line break on. Line breaks are \n. */
export function afterKey(value: Written, place: Place): string {
  const { indent, comment = "" } = place;
  const tail = comment === "" ? "" : ` ${comment}`;
  if (typeof value === "string") {
    if (!canBeLiteral(value)) return ` ${scalarText(value, false, place.quote)}${tail}`;
    const { header, lines } = literal(value, place.literalIndent ?? indent + 2);
    return ` ${header}${tail}${lines}`;
  }
  if (typeof value === "boolean" || value instanceof Plain) return ` ${flowText(value)}${tail}`;
  if (Array.isArray(value)) return isShort(value) ? ` ${flowText(value)}${tail}` : `${tail}\n${itemLines(value, indent + 2)}`;
  const small = given(value).every(([key, one]) => key !== "sql" && isShort(one));
  return small && isShort(value) ? ` ${flowText(value)}${tail}` : `${tail}\n${" ".repeat(indent + 2)}${mapLines(value, indent + 2)}`;
}

/** The keys of a mapping in block style, the first without its indent. */
export function mapLines(value: WrittenMap, indent: number): string {
  return given(value).map(([key, one]) => `${key}:${afterKey(one, { indent })}`).join(`\n${" ".repeat(indent)}`);
}

/** An item of a list in block style, from the dash on; `gap` is the room between the dash and what follows it. */
export function itemText(value: Written, indent: number, gap = 1, flow = isShort(value)): string {
  const dash = `-${" ".repeat(gap)}`;
  if (isMapping(value) && !flow) return dash + mapLines(value, indent + 1 + gap);
  if (typeof value === "string") return `-${afterKey(value, { indent })}`;
  return dash + flowText(value);
}

function itemLines(values: Written[], indent: number): string {
  return values.map((value) => " ".repeat(indent) + itemText(value, indent)).join("\n");
}
