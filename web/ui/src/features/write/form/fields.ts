import { isMap, isScalar, isSeq, type Node, type YAMLMap } from "yaml";

import { pairOf, type Part, nodeAt, textOf, meaning, type Path } from "./yaml/part";

export interface GivenOption {
  value: string;
  label: string;
  sql: string;
  /** Written as a value alone. */
  bare: boolean;
}

/** A field as it is declared: texts as they are written, empty for keys that are not there. */
export interface Declared {
  name: string;
  label: string;
  help: string;
  type: string;
  kind: string;
  of: string;
  required: boolean;
  show_if: string;
  min: string;
  max: string;
  pattern: string;
  max_items: string;
  /** A text, a list of texts, or a period; undefined when there is none. */
  default: DeclaredDefault;
  options: { sql: string } | { given: GivenOption[] } | undefined;
}

export type DeclaredDefault = string | boolean | string[] | { from: string; to: string } | undefined;

export interface DeclaredExport {
  cells: string[];
  format: string;
  filename: string;
  template: string;
  bom: boolean;
  separator: string;
  formula_guard: boolean;
}

export interface Settings {
  title: string;
  description: string;
  tags: string[];
  source: string;
  timezone: string;
  exports: DeclaredExport[];
}

export function fieldsOf(part: Part): Declared[] {
  const form = nodeAt(part, ["form"]);
  return isSeq(form) ? form.items.map((item) => fieldOf(item, part)) : [];
}

function reader(node: unknown, part: Part) {
  const map = isMap(node) ? (node as YAMLMap) : undefined;
  const value = (key: string) => (map === undefined ? undefined : pairOf(map, key)?.value);
  return {
    value,
    text: (key: string) => textOf(value(key)),
    flag: (key: string) => meaning(value(key), part.doc) === true,
    texts: (key: string) => textsOf(value(key)),
  };
}

function textsOf(node: unknown): string[] {
  return isSeq(node) ? node.items.map(textOf) : [];
}

function fieldOf(node: unknown, part: Part): Declared {
  const { text, flag, value } = reader(node, part);
  return {
    name: text("name"), label: text("label"), help: text("help"), type: text("type"), kind: text("kind"), of: text("of"),
    required: flag("required"), show_if: text("show_if"), min: text("min"), max: text("max"), pattern: text("pattern"),
    max_items: text("max_items"), default: defaultOf(value("default")), options: optionsOf(value("options")),
  };
}

function defaultOf(node: Node | null | undefined): DeclaredDefault {
  if (isSeq(node)) return node.items.map(textOf);
  if (isMap(node)) return { from: textOf(pairOf(node, "from")?.value), to: textOf(pairOf(node, "to")?.value) };
  if (!isScalar(node) || node.value === null) return undefined;
  return typeof node.value === "boolean" ? node.value : textOf(node);
}

function optionsOf(node: Node | null | undefined): Declared["options"] {
  if (isMap(node)) return { sql: textOf(pairOf(node, "sql")?.value) };
  if (!isSeq(node)) return undefined;
  return { given: node.items.map(optionOf) };
}

function optionOf(item: unknown): GivenOption {
  if (!isMap(item)) return { value: textOf(item), label: "", sql: "", bare: true };
  const text = (key: string) => textOf(pairOf(item, key)?.value);
  return { value: text("value"), label: text("label"), sql: text("sql"), bare: false };
}

export function settingsOf(part: Part): Settings {
  const { text, texts, value } = reader(part.doc.contents, part);
  const exports = value("exports");
  return {
    title: text("title"), description: text("description"), tags: texts("tags"), source: text("source"), timezone: text("timezone"),
    exports: isSeq(exports) ? exports.items.map((item) => exportOf(item, part)) : [],
  };
}

function exportOf(node: unknown, part: Part): DeclaredExport {
  const { text, flag, texts } = reader(node, part);
  return {
    cells: texts("cells"), format: text("format"), filename: text("filename"), template: text("template"), bom: flag("bom"),
    separator: text("separator"), formula_guard: flag("formula_guard"),
  };
}

export const fieldPath = (index: number, ...rest: Path): Path => ["form", index, ...rest];
