/** What is named around a place of SQL, as far as reading words tells. */

export type Place = "code" | "string" | "comment" | "template";

/** What a place of a template of SQL is in, and where that began. Templates may stand anywhere, also in strings. */
export function placeAt(text: string, at: number, sql = true): { place: Place; from: number } {
  let outside: { place: Place; from: number } = { place: "code", from: 0 };
  for (let i = 0; i < at; ) {
    if (text.startsWith("{{", i)) {
      const end = text.indexOf("}}", i + 2);
      if (end < 0 || end >= at) return { place: "template", from: i + 2 };
      i = end + 2;
      continue;
    }
    const skip = sql ? startOf(text, i, outside.place) : 0;
    if (skip === 0) {
      if (sql && ends(text, i, outside)) outside = { place: "code", from: i + 1 };
      else if (outside.place === "string" && text[i] === "\\") i++;
      i++;
      continue;
    }
    outside = { place: text[i] === "'" ? "string" : "comment", from: i };
    i += skip;
  }
  return outside;
}

function startOf(text: string, i: number, place: Place): number {
  if (place !== "code") return 0;
  if (text[i] === "'") return 1;
  return text.startsWith("--", i) || text.startsWith("/*", i) ? 2 : 0;
}

function ends(text: string, i: number, { place, from }: { place: Place; from: number }): boolean {
  if (place === "string") return text[i] === "'";
  if (place !== "comment") return false;
  return text[from] === "/" ? text[i] === "/" && text[i - 1] === "*" && i > from + 2 : text[i] === "\n";
}

/** A table that a statement names. */
export interface Named {
  database?: string;
  table: string;
  alias?: string;
  /** It is the result of an earlier cell. */
  cell: boolean;
}

const name = "(?:[A-Za-z_][\\w$]*|`[^`\\n]+`|\"[^\"\\n]+\")";
const reference = new RegExp(
  String.raw`\b(?:from|join|,)\s+(?:\{\{-?\s*table\s+["${"`"}](\w+)["${"`"}]\s*-?\}\}|(?:(${name})\s*\.\s*)?(${name}))(?:\s+final\b)?(?:\s+(?:as\s+)?(${name}))?`,
  "gi",
);
const notAliases = new Set(
  ("where prewhere on using join left right inner outer full cross asof any all semi anti global array group order having limit union final " +
    "sample settings format window qualify as except intersect offset paste").split(" "),
);

function bare(text: string | undefined): string | undefined {
  return text === undefined ? undefined : text.replace(/^[`"]|[`"]$/g, "");
}

/** The tables of all parts of a statement; subqueries count with what is around them. */
export function tablesOf(text: string): Named[] {
  const plain = text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, " ");
  const found: Named[] = [];
  for (const [, cell, database, table, alias] of plain.matchAll(reference)) {
    const known = cell ?? bare(table)!;
    if (cell === undefined && notAliases.has(known.toLowerCase())) continue;
    const called = alias !== undefined && !notAliases.has(alias.toLowerCase()) ? bare(alias) : undefined;
    found.push({ database: bare(database), table: known, alias: called, cell: cell !== undefined });
  }
  return found;
}

/** Whether a table belongs where a text ends. */
export function wantsTable(before: string): boolean {
  return /\b(?:from|join)\s+[\w.`"]*$/i.test(before) || /\bfrom\s+[\w.`"]+(?:\s+(?:as\s+)?\w+)?\s*,\s*[\w.`"]*$/i.test(before);
}
