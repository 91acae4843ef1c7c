import { isMap, isNode, isSeq, type Node, type Pair } from "yaml";

import type { Schemas } from "../../../api/client";
import type { DocumentModel } from "../document";
import { type Part, type Path, textOf } from "./yaml/part";

export type DocumentProblem = Schemas["DocumentProblem"];

/** A problem and the key or item of the front matter it is about. */
export interface Placed {
  path: Path;
  message: string;
}

/** Where a line and column, both from 1, are in a text. */
export function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let now = 1; now < line; now++) {
    const newline = text.indexOf("\n", start);
    if (newline < 0) return text.length;
    start = newline + 1;
  }
  const characters = [...text.slice(start, start + 2 * column)].slice(0, Math.max(0, column - 1));
  return start + characters.join("").length;
}

/** The problems of a document's front matter by their place in it. */
export function placed(model: DocumentModel, part: Part, problems: DocumentProblem[]): Placed[] {
  return problems.flatMap((problem) => {
    const path = pathOf(model, part, problem);
    return path === undefined ? [] : [{ path, message: problem.message }];
  });
}

/** The place of a problem in the front matter; undefined when it is below it, or in another file. */
export function pathOf(model: DocumentModel, part: Part, { file, line, column }: DocumentProblem): Path | undefined {
  if (file !== "report.md") return undefined;
  if (model.front === undefined) return [];
  const at = offsetOf(model.text, line, column);
  return at <= model.front.to ? pathAt(part.doc.contents, at - part.from) : undefined;
}

/** The innermost key or item at a place. */
export function pathAt(node: Node | null, at: number): Path {
  if (isMap(node)) {
    const pairs = node.items as Pair<Node, Node | null>[];
    const pair = pairs.filter(({ key }) => key.range![0] <= at).at(-1);
    if (pair === undefined || !isAround(node, at)) return [];
    if (pair.key.range![1] > at || !isNode(pair.value)) return [textOf(pair.key)];
    return [textOf(pair.key), ...pathAt(pair.value, at)];
  }
  if (!isSeq(node)) return [];
  const items = node.items as Node[];
  const index = items.findLastIndex((item) => item.range![0] <= at);
  return index < 0 ? [] : [index, ...pathAt(items[index]!, at)];
}

const isAround = (node: Node, at: number) => node.range![0] <= at;

const starts = (path: Path, prefix: Path) => prefix.every((step, at) => path[at] === step);

/** What is said of a key and all below it. */
export function saidOf(placedProblems: Placed[], prefix: Path): string[] {
  return placedProblems.filter(({ path }) => starts(path, prefix)).map(({ message }) => message);
}

/** What is said of an item as a whole, and not of one of these keys. */
export function saidElsewhere(placedProblems: Placed[], prefix: Path, keys: string[]): string[] {
  return placedProblems
    .filter(({ path }) => starts(path, prefix) && !keys.includes(String(path[prefix.length])))
    .map(({ message }) => message);
}
