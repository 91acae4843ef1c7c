import type { Extent } from "../document";

/** A name of a field in a template, by the extent of the name alone. */
export interface Reference extends Extent {
  name: string;
}

const action = /\{\{-?([\s\S]*?)-?\}\}/g;

/** What dot is: the fields, or something that only running the template tells. */
type Dot = "fields" | "unknown";

interface Open {
  word: string;
  /** Dot outside, which `else` and `end` bring back. */
  outer: Dot;
}

const reserved = new Set(["label", "user", "run", "report"]);

/** The fields that templates in a text name: `.name`, `$.name`, `.label.name` and `index . "name"`, wherever dot is plainly the fields. */
export function referencesIn(text: string, from = 0, to = text.length): Reference[] {
  const found: Reference[] = [];
  const open: Open[] = [];
  let dot: Dot = "fields";
  for (const match of text.slice(from, to).matchAll(action)) {
    const inside = match[1]!;
    const at = from + match.index + match[0].indexOf(inside, 2);
    if (/^\s*\/\*/.test(inside)) continue;
    const word = /^\s*([a-z]+)/.exec(inside)?.[1] ?? "";
    if (word === "end" || word === "else") dot = open.at(-1)?.outer ?? "fields";
    if (word === "end") open.pop();
    found.push(...namesIn(inside, at, dot));
    const keyword = word === "else" ? (/^\s*else\s+(if|with)/.exec(inside)?.[1] ?? "") : word;
    if (["if", "range", "with", "block", "define"].includes(word)) open.push({ word, outer: dot });
    dot = inner(keyword, inside, dot);
  }
  return found;
}

/** What dot is within a block that an action opens. */
function inner(keyword: string, inside: string, dot: Dot): Dot {
  if (keyword === "range" || keyword === "define" || keyword === "block") return "unknown";
  if (keyword !== "with") return dot;
  const pipe = inside.replace(/^\s*(?:else\s+)?with\s+/, "").trim();
  return pipe === "$" || (pipe === "." && dot === "fields") ? "fields" : "unknown";
}

// Strings come first, also those whose quotes YAML escapes, so that nothing in them is taken for a name.
const part = /\\"(?:(?!\\").)*\\"|"(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])*'|([\w)\]]?)((?:\$\w*)?(?:\.[A-Za-z_]\w*)+)/g;

/** Names in an action, or in a condition without its braces. */
export function namesIn(inside: string, at: number, dot: Dot): Reference[] {
  const found: Reference[] = [];
  for (const match of inside.matchAll(part)) {
    const chain = match[2];
    if (chain === undefined) {
      found.push(...indexed(inside, match, at, dot));
      continue;
    }
    if (match[1] !== "") continue;
    const name = named(chain, dot);
    if (name !== undefined) found.push({ name: name.text, from: at + match.index + name.at, to: at + match.index + name.at + name.text.length });
  }
  return found;
}

function named(chain: string, dot: Dot): { text: string; at: number } | undefined {
  const [head, first, second] = chain.split(".");
  if (head === "" ? dot !== "fields" : head !== "$") return undefined;
  if (first === "label") return second === undefined ? undefined : { text: second, at: head!.length + "label".length + 2 };
  return first === undefined || reserved.has(first) ? undefined : { text: first, at: head!.length + 1 };
}

/** `index . "name"`, the other way to write a name. */
function indexed(inside: string, match: RegExpMatchArray, at: number, dot: Dot): Reference[] {
  const before = /\b(?:index|get)\s+(\.|\$|\$?\.label)\s+$/.exec(inside.slice(0, match.index));
  if (before === null || (before[1]!.startsWith(".") && dot !== "fields")) return [];
  const quote = match[0].startsWith("\\") ? 2 : 1;
  const name = match[0].slice(quote, -quote);
  const from = at + match.index! + quote;
  return /^[a-z][a-z0-9_]*$/.test(name) ? [{ name, from, to: from + name.length }] : [];
}
