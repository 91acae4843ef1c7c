import { type Document, isAlias, isCollection, isMap, isNode, isPair, isScalar, isSeq, type Node, type Pair, parseDocument, type Scalar, type YAMLMap, type YAMLSeq } from "yaml";

import type { Extent } from "../../document";

/** A part of a document that is YAML: its front matter, or the body of a chart. Offsets of nodes count from its beginning. */
export interface Part extends Extent {
  yaml: string;
  doc: Document.Parsed;
  newline: string;
}

export type Path = (string | number)[];

const options = { keepSourceTokens: true, version: "1.2", prettyErrors: false } as const;

export function openPart(text: string, extent: Extent, newline: string): Part {
  const yaml = text.slice(extent.from, extent.to);
  return { ...extent, yaml, newline, doc: parseDocument(yaml, options) };
}

/** The mistakes of the YAML itself, with places in the document. */
export function mistakes(part: Part): { at: number; message: string }[] {
  return part.doc.errors.map((error) => ({ at: part.from + error.pos[0], message: error.message }));
}

/** Whether it can be changed by its nodes: it is well-formed, and a mapping or nothing yet. */
export function isSound(part: Part): boolean {
  return part.doc.errors.length === 0 && (part.doc.contents === null || isMap(part.doc.contents));
}

/** A text as it is written: 007 stays so. */
export function textOf(node: unknown): string {
  if (!isScalar(node) || node.value === null || node.value === undefined) return "";
  if (typeof node.value === "string") return node.value;
  return node.source ?? String(node.value as unknown);
}

/** What a node means, with numbers by their digits, to compare with. */
export function meaning(node: unknown, doc: Document): unknown {
  if (isAlias(node)) return meaning(node.resolve(doc), doc);
  if (isMap(node)) return Object.fromEntries((node.items as Pair[]).map((pair) => [textOf(pair.key), meaning(pair.value, doc)]));
  if (isSeq(node)) return node.items.map((item) => meaning(item, doc));
  if (!isScalar(node) || node.value === null) return null;
  return typeof node.value === "number" || typeof node.value === "bigint" ? { number: textOf(node) } : node.value;
}

export function pairOf(map: YAMLMap, key: string): Pair<Node, Node | null> | undefined {
  return (map.items as Pair<Node, Node | null>[]).find((pair) => textOf(pair.key) === key);
}

export function nodeAt(part: Part, path: Path): Node | undefined {
  let node: unknown = part.doc.contents;
  for (const step of path) {
    if (isMap(node)) node = pairOf(node, String(step))?.value;
    else if (isSeq(node)) node = node.items[Number(step)];
    else return undefined;
  }
  return isNode(node) ? node : undefined;
}

/** Whether a place is between brackets, where line breaks mean nothing. */
export function isFlow(part: Part, path: Path): boolean {
  return path.some((_, depth) => {
    const node = nodeAt(part, path.slice(0, depth));
    return isCollection(node) && node.flow === true;
  });
}

/** Where what a node says ends: before comments and line breaks that follow it. */
export function endOf(node: Node | null, part: Part): number {
  if (node?.range == null) return 0;
  if (isCollection(node) && node.flow !== true) {
    const last = node.items.at(-1) as Pair<Node, Node | null> | Node | undefined;
    if (last === undefined) return node.range[1];
    return isPair(last) ? pairEnd(last, part) : endOf(last, part);
  }
  if (isScalar(node) && isBlockScalar(node)) {
    const source = part.yaml.slice(node.range[0], node.range[1]);
    const kept = /^[|>][^\n]*\+/.test(source) ? source.replace(/\r?\n$/, "") : source.replace(/\s+$/, "");
    return node.range[0] + kept.length;
  }
  return node.range[1];
}

export function isBlockScalar(node: Scalar): boolean {
  return node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED";
}

/** Where the value of a key begins to be written: behind the colon. */
export function colonEnd(pair: Pair<Node, Node | null>): number {
  const colon = pair.srcToken?.sep?.find((token) => token.type === "map-value-ind");
  return colon === undefined ? pair.key.range![1] : colon.offset + 1;
}

export function pairEnd(pair: Pair<Node, Node | null>, part: Part): number {
  return Math.max(endOf(pair.value, part), colonEnd(pair), pair.key.range![1]);
}

/** Where each item of a list in block style has its dash. */
export function dashOf(seq: YAMLSeq, index: number): number | undefined {
  const token = seq.srcToken;
  if (token?.type !== "block-seq") return undefined;
  const dashed = token.items.filter((item) => item.start.some(({ type }) => type === "seq-item-ind"));
  return dashed[index]?.start.find(({ type }) => type === "seq-item-ind")?.offset;
}

export const lineStart = (yaml: string, at: number) => yaml.lastIndexOf("\n", at - 1) + 1;

export function lineEnd(yaml: string, at: number): number {
  const newline = yaml.indexOf("\n", at);
  return newline < 0 ? yaml.length : newline + 1;
}

/** Where the lines of comments right above a line begin. */
export function withComments(yaml: string, start: number): number {
  for (let at = start; at > 0; ) {
    const above = lineStart(yaml, at - 1);
    if (!/^[ \t]*#/.test(yaml.slice(above, at))) return at;
    at = above;
    if (at === 0) return 0;
  }
  return start;
}

export const columnOf = (yaml: string, at: number) => at - lineStart(yaml, at);
