import { isCollection, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from "yaml";

import { apply, type Edit } from "../../document";
import { expected, type Operation } from "./expected";
import {
  colonEnd, columnOf, dashOf, endOf, isBlockScalar, isFlow, isSound, lineEnd, lineStart, meaning, nodeAt, openPart, pairEnd, pairOf, type Part,
  type Path, textOf, withComments,
} from "./part";
import { placeOf } from "./order";
import { afterKey, flowText, isMapping, isPlain, itemText, mapLines, type Quote, scalarText, type Written } from "./written";

type Entry = Pair<Node, Node | null>;

/** The YAML after an operation, or undefined when it is written in a way that only a person can change. */
export function operate(part: Part, operation: Operation): string | undefined {
  if (!isSound(part)) return undefined;
  const edits = editsOf(part, settle(part, operation));
  if (edits === undefined) return undefined;
  const inserted = edits.map((edit) => ({ ...edit, insert: edit.insert.replace(/\r?\n/g, part.newline) }));
  const yaml = apply(part.yaml, inserted);
  const after = openPart(yaml, { from: 0, to: yaml.length }, part.newline);
  if (after.doc.errors.length > 0) return undefined;
  const wanted = expected(meaning(part.doc.contents, part.doc), settle(part, operation));
  return same(meaning(after.doc.contents, after.doc), wanted) ? yaml : undefined;
}

/** A text of several lines keeps the line break that ends it. */
function settle(part: Part, operation: Operation): Operation {
  if (operation.do !== "set" || typeof operation.value !== "string") return operation;
  const old = nodeAt(part, operation.path);
  const { value } = operation;
  const ended = isScalar(old) && typeof old.value === "string" && isBlockScalar(old) && old.value.endsWith("\n");
  return ended && value.trim() !== "" && !value.endsWith("\n") ? { ...operation, value: `${value}\n` } : operation;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]));
}

function editsOf(part: Part, operation: Operation): Edit[] | undefined {
  const { path } = operation;
  switch (operation.do) {
    case "set":
      return set(part, path, operation.value);
    case "remove":
      return typeof path.at(-1) === "number" ? removeItem(part, path) : removeKey(part, path);
    case "insert":
      return insertItem(part, path, operation.at, operation.value, operation.block ?? false);
    case "move":
      return moveItem(part, path, operation.from, operation.to);
  }
}

function set(part: Part, path: Path, value: Written): Edit[] | undefined {
  const holder = nodeAt(part, path.slice(0, -1));
  const last = path.at(-1)!;
  if (path.length === 1 && part.doc.contents === null) return appendTop(part, String(last), value);
  if (isSeq(holder)) return replaceItem(part, path, holder, value);
  if (isMap(holder)) {
    const pair = pairOf(holder, String(last));
    return pair === undefined ? addKey(part, path, holder, value) : replaceValue(part, path, pair, value);
  }
  if (path.length < 2 || typeof last === "number") return undefined;
  return set(part, path.slice(0, -1), { [last]: value });
}

/** Behind the comments of front matter that has nothing else. */
function appendTop(part: Part, key: string, value: Written): Edit[] {
  const lead = part.yaml === "" || part.yaml.endsWith("\n") ? "" : "\n";
  const at = part.yaml.length;
  return [{ from: at, to: at, insert: `${lead}${key}:${afterKey(value, { indent: 0 })}\n` }];
}

/** The quotes that another text is to have. Those that only the old text needed go with it. */
function quoteOf(node: Node | null, text: Written, flow: boolean): Quote {
  if (!isScalar(node)) return "";
  const needed = typeof node.value === "string" && !isPlain(node.value, flow);
  if (needed && typeof text === "string" && isPlain(text, flow)) return "";
  return node.type === "QUOTE_SINGLE" ? "'" : node.type === "QUOTE_DOUBLE" ? '"' : "";
}

/** What is written between brackets, or as an item: always on one line. */
function inline(value: Written, old: Node | null, flow: boolean): string {
  return typeof value === "string" ? scalarText(value, flow, quoteOf(old, value, flow)) : flowText(value);
}

function replaceValue(part: Part, path: Path, pair: Entry, value: Written): Edit[] {
  const old = pair.value;
  const flow = isFlow(part, path);
  const end = pairEnd(pair, part);
  const start = old?.range?.[0] ?? colonEnd(pair);
  const empty = start >= end || old === null;
  const written = !empty && !isBlock(old) && !part.yaml.slice(colonEnd(pair), start).includes("\n");
  if (flow) {
    const text = inline(value, old, true);
    return [empty ? { from: colonEnd(pair), to: colonEnd(pair), insert: ` ${text}` } : { from: start, to: end, insert: text }];
  }
  const lines = afterKey(value, { indent: columnOf(part.yaml, pair.key.range![0]), quote: quoteOf(old, value, false), literalIndent: literalIndent(part, old) });
  if (written && !lines.includes("\n")) return [{ from: start, to: end, insert: lines.slice(1) }];
  const rest = part.yaml.slice(end, lineEnd(part.yaml, end)).trim();
  const comment = lines.includes("\n") && !isBlock(old) && rest.startsWith("#") ? rest : "";
  if (comment === "") return [{ from: colonEnd(pair), to: end, insert: lines }];
  const to = lineEnd(part.yaml, end) - (/\r?\n$/.exec(part.yaml.slice(end, lineEnd(part.yaml, end)))?.[0].length ?? 0);
  const first = lines.indexOf("\n");
  return [{ from: colonEnd(pair), to, insert: `${lines.slice(0, first)} ${comment}${lines.slice(first)}` }];
}

function isBlock(node: Node | null): boolean {
  return (isCollection(node) && node.flow !== true) || (isScalar(node) && isBlockScalar(node));
}

function literalIndent(part: Part, node: Node | null): number | undefined {
  if (!isScalar(node) || !isBlockScalar(node)) return undefined;
  const lines = part.yaml.slice(node.range![0], node.range![1]).split("\n").slice(1);
  const first = lines.find((line) => line.trim() !== "");
  return first === undefined ? undefined : /^ */.exec(first)![0].length;
}

function addKey(part: Part, path: Path, map: YAMLMap, value: Written): Edit[] | undefined {
  const key = String(path.at(-1));
  const pairs = map.items as Entry[];
  const flow = isFlow(part, path);
  if (flow) return addFlowKey(part, map, `${key}: ${inline(value, null, true)}`, key);
  if (pairs.length === 0) return undefined;
  const indent = columnOf(part.yaml, pairs[0]!.key.range![0]);
  const line = `${key}:${afterKey(value, { indent })}`;
  const after = placeOf(key, pairs.map((pair) => textOf(pair.key)));
  if (after < 0) {
    const at = pairs[0]!.key.range![0];
    return [{ from: at, to: at, insert: `${line}\n${" ".repeat(indent)}` }];
  }
  return [lineAfter(part, pairEnd(pairs[after]!, part), " ".repeat(indent) + line)];
}

/** Puts whole lines in behind the line of a place. */
function lineAfter(part: Part, place: number, lines: string): Edit {
  const at = lineEnd(part.yaml, place);
  const open = !part.yaml.slice(0, at).endsWith("\n");
  return { from: at, to: at, insert: open ? `\n${lines}` : `${lines}\n` };
}

function addFlowKey(part: Part, map: YAMLMap, text: string, key: string): Edit[] {
  const pairs = map.items as Entry[];
  const after = placeOf(key, pairs.map((pair) => textOf(pair.key)));
  if (pairs.length === 0) return [{ from: map.range![0], to: map.range![1], insert: `{${text}}` }];
  if (after >= 0) {
    const at = pairEnd(pairs[after]!, part);
    return [{ from: at, to: at, insert: `, ${text}` }];
  }
  const at = pairs[0]!.key.range![0];
  return [{ from: at, to: at, insert: `${text}, ` }];
}

function removeKey(part: Part, path: Path): Edit[] | undefined {
  const map = nodeAt(part, path.slice(0, -1));
  if (!isMap(map)) return [];
  const pairs = map.items as Entry[];
  const index = pairs.findIndex((pair) => textOf(pair.key) === path.at(-1));
  if (index < 0) return [];
  const extents = pairs.map((pair) => ({ from: pair.key.range![0], to: pairEnd(pair, part) }));
  if (isFlow(part, path)) return removeBetween(part, extents, index);
  const { from, to } = extents[index]!;
  const own = part.yaml.slice(lineStart(part.yaml, from), from).trim() === "";
  if (pairs.length === 1 && path.length > 1) return [{ from, to, insert: "{}" }];
  if (own) return [{ from: lineStart(part.yaml, from), to: lineEnd(part.yaml, to), insert: "" }];
  return [{ from, to: extents[index + 1]!.from, insert: "" }];
}

/** Removes one of several things between brackets, with a comma. */
function removeBetween(part: Part, extents: { from: number; to: number }[], index: number): Edit[] {
  const { from, to } = extents[index]!;
  const next = extents[index + 1];
  const before = extents[index - 1];
  if (next !== undefined) return [{ from, to: next.from, insert: "" }];
  if (before === undefined || part.yaml.slice(before.to, from).includes("#")) return [{ from, to, insert: "" }];
  return [{ from: before.to, to, insert: "" }];
}

function replaceItem(part: Part, path: Path, seq: YAMLSeq, value: Written): Edit[] | undefined {
  const index = Number(path.at(-1));
  const old = seq.items[index] as Node | undefined;
  if (old === undefined) return insertItem(part, path.slice(0, -1), index, value, false);
  const end = endOf(old, part);
  if (isFlow(part, path) || !isBlock(old)) return [{ from: old.range![0], to: end, insert: inline(value, old, isFlow(part, path)) }];
  const dash = dashOf(seq, index);
  if (dash === undefined) return undefined;
  return [{ from: dash, to: end, insert: itemText(value, columnOf(part.yaml, dash)) }];
}

/** The lines of an item in block style, with the comments right above it; undefined when it shares its line with others. */
function linesOf(part: Part, seq: YAMLSeq, index: number): { from: number; to: number } | undefined {
  const dash = dashOf(seq, index);
  if (dash === undefined) return undefined;
  const start = lineStart(part.yaml, dash);
  if (part.yaml.slice(start, dash).trim() !== "") return undefined;
  const end = Math.max(endOf(seq.items[index] as Node | null, part), dash + 1);
  return { from: withComments(part.yaml, start), to: lineEnd(part.yaml, end) };
}

function insertItem(part: Part, path: Path, index: number, value: Written, block: boolean): Edit[] | undefined {
  const seq = nodeAt(part, path);
  if (!isSeq(seq) || seq.items.length === 0) return startList(part, path, value, block);
  const items = seq.items as Node[];
  if (seq.flow === true || isFlow(part, path)) return insertBetween(part, items, index, inline(value, null, true));
  const dash = dashOf(seq, 0)!;
  const lines = linesOf(part, seq, Math.min(index, items.length - 1));
  if (lines === undefined) return undefined;
  const indent = columnOf(part.yaml, dash);
  const text = " ".repeat(indent) + itemText(value, indent, gapOf(part, seq), likeOthers(items, block));
  const apart = items.length > 1 && part.yaml.slice(linesOf(part, seq, 0)?.to ?? 0, linesOf(part, seq, 1)?.from ?? 0).trim() === "" &&
    (linesOf(part, seq, 1)?.from ?? 0) > (linesOf(part, seq, 0)?.to ?? 0);
  if (index < items.length) return [{ from: lines.from, to: lines.from, insert: `${text}\n${apart ? "\n" : ""}` }];
  return [lineAfter(part, lines.to - 1, `${apart ? "\n" : ""}${text}`)];
}

/** The room between a dash and what follows, as the list has it. */
function gapOf(part: Part, seq: YAMLSeq): number {
  const [dash, first] = [dashOf(seq, 0)!, seq.items[0] as Node];
  const gap = (first.range?.[0] ?? 0) - dash - 1;
  return gap >= 1 && gap <= 4 && !part.yaml.slice(dash, first.range![0]).includes("\n") ? gap : 1;
}

/** Whether a new item goes on one line: as its neighbours do, or as it likes when they are nothing to go by. */
function likeOthers(items: Node[], block: boolean): boolean | undefined {
  const maps = items.filter((item) => isMap(item));
  if (maps.length === 0) return block ? false : undefined;
  return maps.every((map) => map.flow === true);
}

function startList(part: Part, path: Path, value: Written, block: boolean): Edit[] | undefined {
  const flow = isFlow(part, path);
  if (flow || !block || !isMapping(value)) return set(part, path, [value]);
  const holder = nodeAt(part, path.slice(0, -1));
  const key = String(path.at(-1));
  const pair = isMap(holder) ? pairOf(holder, key) : undefined;
  const indent = pair === undefined ? 0 : columnOf(part.yaml, pair.key.range![0]);
  const lines = `\n${" ".repeat(indent + 2)}- ${mapLines(value, indent + 4)}`;
  if (pair !== undefined) return [{ from: colonEnd(pair), to: pairEnd(pair, part), insert: lines }];
  const edits = set(part, path, "");
  return edits?.map((edit) => ({ ...edit, insert: edit.insert.replace(`${key}: ""`, `${key}:${lines}`) }));
}

function insertBetween(part: Part, items: Node[], index: number, text: string): Edit[] {
  if (index < items.length) {
    const at = items[index]!.range![0];
    return [{ from: at, to: at, insert: `${text}, ` }];
  }
  const at = endOf(items.at(-1)!, part);
  return [{ from: at, to: at, insert: `, ${text}` }];
}

function removeItem(part: Part, path: Path): Edit[] | undefined {
  const seq = nodeAt(part, path.slice(0, -1));
  const index = Number(path.at(-1));
  if (!isSeq(seq) || index >= seq.items.length) return [];
  const items = seq.items as Node[];
  if (seq.flow === true || isFlow(part, path)) {
    return removeBetween(part, items.map((item) => ({ from: item.range![0], to: endOf(item, part) })), index);
  }
  const lines = linesOf(part, seq, index);
  if (lines === undefined) return undefined;
  if (items.length > 1) return [{ ...lines, insert: "" }];
  const key = nodeAt(part, path.slice(0, -2));
  const pair = isMap(key) ? pairOf(key, String(path.at(-2))) : undefined;
  return pair === undefined ? undefined : [{ from: colonEnd(pair), to: pairEnd(pair, part), insert: " []" }];
}

/** Moves an item so that it has the index `to` afterwards. */
function moveItem(part: Part, path: Path, from: number, to: number): Edit[] | undefined {
  const seq = nodeAt(part, path);
  if (!isSeq(seq) || from === to) return [];
  const items = seq.items as Node[];
  if (seq.flow === true || isFlow(part, path)) return permute(part, items, from, to);
  const moved = linesOf(part, seq, from);
  const target = linesOf(part, seq, to);
  if (moved === undefined || target === undefined) return undefined;
  const text = part.yaml.slice(moved.from, moved.to).replace(/\r?\n?$/, "\n");
  const remove = { ...moved, insert: "" };
  if (to < from) return [{ from: target.from, to: target.from, insert: text }, remove];
  const open = !part.yaml.slice(0, target.to).endsWith("\n");
  return [remove, { from: target.to, to: target.to, insert: open ? `\n${text.slice(0, -1)}` : text }];
}

function permute(part: Part, items: Node[], from: number, to: number): Edit[] {
  const order = items.map((_, at) => at);
  order.splice(to, 0, ...order.splice(from, 1));
  const text = (item: Node) => part.yaml.slice(item.range![0], endOf(item, part));
  return items.map((item, at) => ({ from: item.range![0], to: endOf(item, part), insert: text(items[order[at]!]!) }));
}
