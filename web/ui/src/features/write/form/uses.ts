import { isAlias, isMap, isScalar, isSeq, type Node, type Pair } from "yaml";

import { parseDocument, type DocumentModel, type Edit } from "../document";
import { frontOf } from "./front";
import { namesIn, type Reference, referencesIn } from "./references";
import { nodeAt, pairOf, type Part, type Path, textOf } from "./yaml/part";

/** Where in a document a field is used. */
export type Where =
  | { in: "cell"; name: string }
  | { in: "text" }
  | { in: "field"; name: string }
  | { in: "exports" | "schedule" | "audience" | "title" | "settings" };

export interface Use extends Reference {
  where: Where;
}

export function usesOfName(uses: Use[], name: string): Use[] {
  return name === "" ? [] : uses.filter((use) => use.name === name);
}

/** All uses of fields: in templates of prose, cells and settings, in conditions, and in the values of schedules. */
export function usesOf(model: DocumentModel): Use[] {
  return [...usesInFront(model), ...usesInBody(model)];
}

function usesInBody(model: DocumentModel): Use[] {
  return model.blocks.flatMap((block) => {
    if (block.kind === "front") return [];
    const { cell } = block;
    const extent = cell?.body ?? block;
    const where: Where = cell === undefined ? { in: "text" } : { in: "cell", name: cell.name };
    return referencesIn(model.text, extent.from, extent.to).map((reference) => ({ ...reference, where }));
  });
}

function usesInFront(model: DocumentModel): Use[] {
  const part = frontOf(model);
  const uses: Use[] = [];
  const visit = (node: unknown, path: Path) => {
    if (isAlias(node)) return;
    if (isMap(node)) (node.items as Pair<Node, Node | null>[]).forEach((pair) => {
      if (inSchedule(path)) uses.push(...keyUse(pair.key, part, path));
      visit(pair.value, [...path, textOf(pair.key)]);
    });
    else if (isSeq(node)) node.items.forEach((item, at) => visit(item, [...path, at]));
    else if (isScalar(node) && node.range) uses.push(...usesInScalar(model, part, node.range, path));
  };
  visit(part.doc.contents, []);
  return uses;
}

function usesInScalar(model: DocumentModel, part: Part, range: readonly number[], path: Path): Use[] {
  const [from, to] = [range[0]! + part.from, range[1]! + part.from];
  const where = whereOf(part, path);
  const source = model.text.slice(from, to);
  const bare = path[0] === "form" && path[2] === "show_if" && !source.includes("{{");
  const found = bare ? namesIn(condition(source), from, "fields") : referencesIn(model.text, from, to);
  return found.map((reference) => ({ ...reference, where }));
}

/** A condition with the quotes that YAML has around it blanked, so that they are no string of the template. */
function condition(source: string): string {
  const quote = source[0];
  if (quote !== '"' && quote !== "'") return source;
  return ` ${source.slice(1, -1)} `;
}

const inSchedule = (path: Path) => path[0] === "schedule" && path.at(-1) === "values";

function keyUse(key: Node, part: Part, path: Path): Use[] {
  const name = textOf(key);
  if (!isScalar(key) || !key.range) return [];
  const at = part.yaml.slice(key.range[0], key.range[1]).indexOf(name);
  const from = part.from + key.range[0] + at;
  return at < 0 ? [] : [{ name, from, to: from + name.length, where: whereOf(part, path) }];
}

function whereOf(part: Part, path: Path): Where {
  const [top, index] = path;
  if (top === "form") {
    const field = nodeAt(part, ["form", index ?? 0]);
    return { in: "field", name: isMap(field) ? textOf(pairOf(field, "name")?.value) : "" };
  }
  return top === "exports" || top === "schedule" || top === "audience" || top === "title" ? { in: top } : { in: "settings" };
}

/** Gives a field another name, in its declaration and wherever it is plainly meant. Undefined when its declaration is not written plainly. */
export function renameField(text: string, index: number, to: string): Edit[] | undefined {
  const model = parseDocument(text);
  const part = frontOf(model);
  const node = nodeAt(part, ["form", index, "name"]);
  if (!isScalar(node) || !node.range) return undefined;
  const from = textOf(node);
  const at = part.yaml.slice(node.range[0], node.range[1]).indexOf(from);
  if (from === "" || at < 0) return undefined;
  const start = part.from + node.range[0] + at;
  const here = { from: start, to: start + from.length, insert: to };
  if (twins(part, from) > 1) return [here];
  const places = usesOf(model).filter((use) => use.name === from);
  return [here, ...places.map((use) => ({ from: use.from, to: use.to, insert: to }))];
}

function twins(part: Part, name: string): number {
  const form = nodeAt(part, ["form"]);
  return isSeq(form) ? form.items.filter((item) => isMap(item) && textOf(pairOf(item, "name")?.value) === name).length : 0;
}
