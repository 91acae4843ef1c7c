import { isMap, isScalar, isSeq, parseDocument as parseYaml, type Node } from "yaml";

import type { Cell, DocumentModel, Edit, Extent } from "./types";

const nameForm = /^[a-z][a-z0-9_]*$/;

/** Whether a cell may be called so. */
export function isName(name: string): boolean {
  return nameForm.test(name) && !["true", "false", "null"].includes(name);
}

/** Renames a cell in its fence line and wherever it is plainly meant: tables and values in templates, exports, audience, monitor, charts. */
export function renameCell(model: DocumentModel, cell: Cell, to: string): Edit[] {
  const from = cell.name;
  const { nameAt } = cell;
  const here = { ...nameAt, insert: nameAt.from === nameAt.to ? ` ${to}` : to };
  if (from === to) return [];
  const twins = model.cells.filter((other) => other.name === from);
  if (from === "" || twins.length > 1) return [here];
  const uses = [...inTemplates(model.text, from), ...inFront(model, from), ...inCharts(model, from)];
  return [here, ...uses.map((use) => ({ ...use, insert: to }))];
}

const action = /\{\{[\s\S]*?\}\}/g;

/** `{{ table "x" }}` and its kin; other ways to write a name are left to the person. */
function inTemplates(text: string, name: string): Extent[] {
  const use = new RegExp(String.raw`\b(?:table|rows|value)\s+(["${"`"}])${name}\1`, "g");
  const found: Extent[] = [];
  for (const { 0: inside, index } of text.matchAll(action)) {
    for (const match of inside.matchAll(use)) {
      const end = index + match.index + match[0].length - 1;
      found.push({ from: end - name.length, to: end });
    }
  }
  return found;
}

function inFront(model: DocumentModel, name: string): Extent[] {
  if (model.front === undefined) return [];
  const { from, to } = model.front;
  const settings = parseYaml(model.text.slice(from, to)).contents;
  return cellNames(settings).flatMap((node) => plainly(model.text, node, name, from));
}

/** Where settings name cells. */
function cellNames(settings: Node | null): Node[] {
  if (!isMap(settings)) return [];
  const exports = settings.get("exports", true) as unknown;
  const lists = isSeq(exports) ? exports.items.map((item) => (isMap(item) ? item.get("cells", true) : undefined)) : [];
  const single = ["audience", "monitor"].map((key) => settings.getIn([key, "cell"], true));
  return [...lists.flatMap((list) => (isSeq(list) ? list.items : [list])), ...single].filter((node): node is Node => isScalar(node));
}

function inCharts(model: DocumentModel, name: string): Extent[] {
  return model.cells
    .filter((cell) => cell.kind === "chart")
    .flatMap(({ body }) => {
      const chart = parseYaml(model.text.slice(body.from, body.to)).contents;
      const node = isMap(chart) ? chart.get("cell", true) : undefined;
      return isScalar(node) ? plainly(model.text, node, name, body.from) : [];
    });
}

/** The name in a scalar, with or without quotes around it. */
function plainly(text: string, node: Node, name: string, shift: number): Extent[] {
  if (!isScalar(node) || node.value !== name || !node.range) return [];
  const [start, end] = [node.range[0] + shift, node.range[1] + shift];
  const at = text.slice(start, end).indexOf(name);
  return at < 0 ? [] : [{ from: start + at, to: start + at + name.length }];
}
