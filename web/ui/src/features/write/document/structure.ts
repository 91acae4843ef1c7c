import { apply } from "./edits";
import { parseDocument } from "./parse";
import type { Block, Cell, DocumentModel, Edit } from "./types";

export function blockText(model: DocumentModel, block: { from: number; to: number }): string {
  return model.text.slice(block.from, block.to);
}

/** Blocks of nothing but blank lines part the others; no page shows them. */
export function isBlankBlock(model: DocumentModel, block: Block): boolean {
  return block.kind === "text" && blockText(model, block).trim() === "";
}

/** A name like `base` that no cell has yet. */
export function freeName(model: DocumentModel, base: string): string {
  const taken = new Set(model.cells.map((cell) => cell.name));
  if (!taken.has(base)) return base;
  for (let number = 2; ; number++) {
    if (!taken.has(`${base}${number}`)) return `${base}${number}`;
  }
}

export interface NewCell {
  kind: string;
  name: string;
  attributes?: Record<string, string>;
  body: string;
}

/** The Markdown of a cell. Its fence is longer than any in the body. */
export function cellText(cell: NewCell, newline: string): string {
  const longest = Math.max(2, ...[...cell.body.matchAll(/^ {0,3}(`{3,})/gm)].map((match) => match[1]!.length));
  const marks = "`".repeat(longest + 1);
  const attributes = Object.entries(cell.attributes ?? {}).map(([key, value]) => ` ${key}=${quoted(value)}`);
  const body = cell.body === "" ? "" : cell.body.replace(/\r?\n/g, newline).replace(/(\r?\n)?$/, newline);
  return `${marks}${cell.kind} ${cell.name}${attributes.join("")}${newline}${body}${marks}${newline}`;
}

function quoted(value: string): string {
  if (!/[\s"']/.test(value)) return value;
  return value.includes('"') ? `'${value}'` : `"${value}"`;
}

/** Puts a cell in before the block of this index, or at the end. */
export function insertCell(model: DocumentModel, before: number, cell: NewCell): Edit[] {
  return insertText(model, before, cellText(cell, model.newline));
}

/** Puts Markdown in before the block of this index, or at the end, with blank lines around. */
export function insertText(model: DocumentModel, before: number, markdown: string): Edit[] {
  const at = placeBefore(model, before);
  const open = model.cells.find((cell) => !cell.closed && cell.body.to === at);
  const insert = open === undefined ? between(model, at, markdown) : closing(model, open) + model.newline + markdown;
  return sound(model, [{ from: at, to: at, insert }]);
}

/** The line that ends a cell whose end is forgotten. */
function closing(model: DocumentModel, cell: Cell): string {
  const marks = /`{3,}|~{3,}/.exec(blockText(model, cell.fence))?.[0] ?? "```";
  return (model.text.endsWith("\n") ? "" : model.newline) + marks + model.newline;
}

/** Nothing goes before the front matter. */
function placeBefore(model: DocumentModel, index: number): number {
  const block = model.blocks[index];
  if (block === undefined) return model.text.length;
  return block.kind === "front" ? block.to : block.from;
}

/** Content with as many line breaks around as make it stand on its own at a place. */
function between(model: DocumentModel, at: number, content: string): string {
  const { text, newline } = model;
  const before = text.slice(0, at);
  const after = text.slice(at);
  const lead = before === "" || /\n[ \t]*\r?\n$/.test(before) || /^---[ \t]*\r?\n$/.test(before) ? "" : /\n$/.test(before) ? newline : newline + newline;
  const trail = after === "" || /^[ \t]*\r?\n/.test(after) ? "" : newline;
  return lead + content.replace(/(\r?\n)*$/, "") + newline + trail;
}

export function removeBlock(model: DocumentModel, index: number): Edit[] {
  const block = model.blocks[index];
  if (block === undefined || block.kind === "front") return [];
  return [removal(model, block)];
}

/** Takes one of the blank lines around along, so that no gap grows where something was. */
function removal(model: DocumentModel, block: Block): Edit {
  const blankBefore = /(^|\n)[ \t]*\r?\n$/.test(model.text.slice(0, block.from));
  const blankAfter = /^[ \t]*\r?\n/.exec(model.text.slice(block.to));
  if (block.kind === "cell" && blankBefore && blankAfter !== null) return { from: block.from, to: block.to + blankAfter[0].length, insert: "" };
  if (block.kind === "text" && block.to < model.text.length) return { from: block.from, to: block.to, insert: model.newline };
  return { from: block.from, to: block.to, insert: "" };
}

/** Moves a block before another, or with the number of blocks as `before` to the end. What cannot be moved stays. */
export function moveBlock(model: DocumentModel, index: number, before: number): Edit[] {
  const block = model.blocks[index];
  if (block === undefined || block.kind === "front" || before === index || before === index + 1) return [];
  if (model.blocks[before]?.kind === "front") return [];
  const remove = removal(model, block);
  const at = model.blocks[before]?.from ?? model.text.length;
  if (at > remove.from && at < remove.to) return [];
  const content = blockText(model, block).replace(/^([ \t]*\r?\n)+/, "").replace(/(\r?\n[ \t]*)*$/, "");
  return sound(model, [remove, { from: at, to: at, insert: between(model, at, content + model.newline) }]);
}

/** Nothing, when the edits would lose a cell, as putting something behind a fence that does not end would. */
function sound(model: DocumentModel, edits: Edit[]): Edit[] {
  const bodies = (of: DocumentModel) => new Set(of.cells.map((cell) => `${cell.kind} ${cell.name}`));
  const after = bodies(parseDocument(apply(model.text, edits)));
  return [...bodies(model)].every((cell) => after.has(cell)) ? edits : [];
}

/** Sets an attribute of a cell's fence line, or removes it. */
export function setAttribute(model: DocumentModel, cell: Cell, key: string, value: string | undefined): Edit[] {
  const line = model.text.slice(cell.fence.from, cell.fence.to);
  const found = new RegExp(String.raw`[ \t]+${key}=("[^"\n]*"|'[^'\n]*'|[^\s"']*)`).exec(line);
  const insert = value === undefined ? "" : ` ${key}=${quoted(value)}`;
  if (found === null) return value === undefined ? [] : [{ from: cell.nameAt.to, to: cell.nameAt.to, insert }];
  const from = cell.fence.from + found.index;
  return [{ from, to: from + found[0].length, insert }];
}

/** Replaces what is between the marks of a cell. */
export function setBody(model: DocumentModel, cell: Cell, body: string): Edit[] {
  const insert = body === "" ? "" : body.replace(/\r?\n/g, model.newline).replace(/(\r?\n)?$/, model.newline);
  return [{ from: cell.body.from, to: cell.body.to, insert }];
}
