import { fencesOf, type Fence } from "./markdown";
import { infoWords, plainWords, unquote } from "./info";
import type { Block, Cell, DocumentModel, Extent } from "./types";

export const cellKinds = ["sql", "cohort", "chart"];

/** What a document is made of, however much of it is half-written. It never throws. */
export function parseDocument(text: string): DocumentModel {
  const { front, bodyFrom } = splitFront(text);
  const blocks: Block[] = bodyFrom > 0 ? [{ kind: "front", from: 0, to: bodyFrom }] : [];
  const cells: Cell[] = [];
  let at = bodyFrom;
  let line = 1;
  let counted = 0;
  for (const fence of fencesOf(text, bodyFrom, text.length)) {
    if (!isCell(text.slice(fence.info.from, fence.info.to))) continue;
    line += newlines(text, counted, fence.body.from);
    counted = fence.body.from;
    const cell = readCell(text, fence, line);
    if (fence.from > at) blocks.push({ kind: "text", from: at, to: fence.from });
    blocks.push({ kind: "cell", from: fence.from, to: fence.to, cell });
    cells.push(cell);
    at = fence.to;
  }
  if (text.length > at) blocks.push({ kind: "text", from: at, to: text.length });
  return { text, blocks, cells, front, newline: text.includes("\r\n") ? "\r\n" : "\n" };
}

function newlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at >= 0 && at < to; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

const rule = /^---[ \t\r\n]*$/;

/** The front matter that does not end takes in everything, so that nothing of it is mistaken for a cell. */
function splitFront(text: string): { front?: Extent; bodyFrom: number } {
  const start = text.startsWith("\uFEFF") ? 1 : 0;
  const first = lineEnd(text, start);
  if (!rule.test(text.slice(start, first))) return { bodyFrom: 0 };
  for (let at = first; at < text.length; ) {
    const end = lineEnd(text, at);
    if (text[at] === "-" && rule.test(text.slice(at, end))) return { front: { from: first, to: at }, bodyFrom: end };
    at = end;
  }
  return { front: { from: first, to: text.length }, bodyFrom: text.length };
}

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf("\n", from);
  return newline < 0 ? text.length : newline + 1;
}

/** Tells cells from samples of code: a kind and a name, or just a kind, whose name is forgotten. */
function isCell(info: string): boolean {
  const words = plainWords(info);
  if (words.length === 0) return false;
  return cellKinds.includes(words.length === 1 ? words[0]! : words[0]!.toLowerCase());
}

function readCell(text: string, fence: Fence, line: number): Cell {
  const [kind, ...rest] = infoWords(text, fence.info);
  const named = rest[0] !== undefined && !rest[0].text.includes("=");
  const attributes: Record<string, string> = {};
  for (const word of named ? rest.slice(1) : rest) {
    const [key, value] = cut(word.text);
    if (value !== undefined) attributes[key] = unquote(value);
  }
  const none = { from: kind!.to, to: kind!.to };
  return {
    kind: kind!.text.toLowerCase(),
    name: named ? rest[0]!.text : "",
    nameAt: named ? { from: rest[0]!.from, to: rest[0]!.to } : none,
    attributes,
    fence: { from: fence.from, to: fence.body.from },
    body: fence.body,
    line,
    closed: fence.closed,
  };
}

function cut(text: string): [string, string?] {
  const at = text.indexOf("=");
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
