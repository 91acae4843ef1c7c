import type { Declared, DeclaredDefault, GivenOption } from "./fields";
import { choiceOf } from "./kinds";
import { Plain, type Written, type WrittenMap } from "./yaml/written";

const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const day = /^\d{4}-\d\d-\d\d$/;

/** A number or a day needs no quotes; another text gets those it needs. */
export function written(text: string): Written {
  return number.test(text) || day.test(text) ? new Plain(text) : text;
}

/** The default of a field as it is written; undefined for none. */
export function writtenDefault(field: Declared, value: DeclaredDefault): Written | undefined {
  if (value === undefined || value === "") return undefined;
  if (typeof value === "boolean") return value;
  const numeric = field.kind === "integer" || field.kind === "decimal" || field.of === "integer";
  const dated = field.kind.startsWith("date");
  const one = (text: string) => (numeric || dated ? written(text) : text);
  if (typeof value === "string") return one(value);
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(one);
  const ends = Object.fromEntries(Object.entries(value).filter(([, end]) => end !== "").map(([key, end]) => [key, one(end)]));
  return Object.keys(ends).length === 0 ? undefined : ends;
}

/** A text for the control of a default that is a text. */
export function defaultText(value: DeclaredDefault): string {
  return typeof value === "string" ? value : typeof value === "boolean" ? String(value) : "";
}

export function defaultItems(value: DeclaredDefault): string[] {
  return Array.isArray(value) ? value : typeof value === "string" && value !== "" ? [value] : [];
}

export function defaultPeriod(value: DeclaredDefault): { from: string; to: string } {
  if (typeof value === "object" && !Array.isArray(value)) return value;
  const [from = "", to] = defaultText(value).split("..");
  return { from, to: to ?? from };
}

/** Numbers stay numbers where the field says that its values are. */
export function optionValue(field: Declared, value: string): Written {
  return field.kind === "integer" || field.of === "integer" ? written(value) : value;
}

/** An option with one of its parts changed. */
export function changedOption(field: Declared, option: GivenOption, key: "value" | "label" | "sql", text: string): Written {
  const next = { ...option, [key]: text };
  if (next.label === "" && next.sql === "" && option.bare) return optionValue(field, next.value);
  return optionMap(field, next);
}

export function optionMap(field: Declared, { value, label, sql }: Pick<GivenOption, "value" | "label" | "sql">): WrittenMap {
  return { value: optionValue(field, value), label: label === "" ? undefined : label, sql: sql === "" ? undefined : sql };
}

/** What was copied from a spreadsheet: value, label and SQL by columns. Undefined for a text of one cell. */
export function pastedOptions(text: string): Pick<GivenOption, "value" | "label" | "sql">[] | undefined {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
  if (lines.length === 1 && !text.includes("\t")) return undefined;
  return lines
    .map((line) => line.split("\t").map((cell) => cell.trim()))
    .filter(([value]) => value !== "")
    .map(([value = "", label = "", sql = ""]) => ({ value, label, sql }));
}

/** A copy of a field under another name, as it can be written. */
export function copyOf(field: Declared, name: string, label: string): WrittenMap {
  const options = field.options;
  const rest = Object.fromEntries(
    (["help", "type", "kind", "of", "show_if", "pattern"] as const).filter((key) => field[key] !== "").map((key) => [key, field[key]]),
  );
  return {
    name, label, ...rest,
    required: field.required ? true : undefined,
    default: writtenDefault(field, field.default),
    min: field.min === "" ? undefined : written(field.min),
    max: field.max === "" ? undefined : written(field.max),
    max_items: field.max_items === "" ? undefined : written(field.max_items),
    options: options === undefined ? undefined : "sql" in options ? { sql: options.sql } : options.given.map((one) => (one.bare ? optionValue(field, one.value) : optionMap(field, one))),
  };
}

export const isAllByDefault = (field: Declared) => choiceOf(field) === "checkbox" && field.default === "all";
