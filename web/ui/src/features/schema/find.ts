import type { SchemaTable, SourceSchema } from "../../api/schema-browser";

/** A line of the list: a database, or a table of it with the columns in which the search was found. */
export type Line = { kind: "database"; name: string; count: number } | { kind: "table"; table: SchemaTable; columns: string[] };

export const wordsOf = (search: string) => search.toLowerCase().split(/[\s.]+/).filter((word) => word !== "");

const has = (text: string, word: string) => text.toLowerCase().includes(word);

interface Found {
  table: SchemaTable;
  columns: string[];
  /** Every word is in its own name. */
  byName: boolean;
}

/** A table in whose name, comment, database or columns every word is. */
function foundIn(table: SchemaTable, words: string[]): Found | undefined {
  const rest = words.filter((word) => !has(table.name, word));
  const further = rest.filter((word) => !has(table.database, word) && !has(table.comment, word));
  const columns = further.length === 0 ? [] : table.columns.filter((column) => further.some((word) => has(`${column.name}\n${column.comment}`, word)));
  const everywhere = further.every((word) => columns.some((column) => has(`${column.name}\n${column.comment}`, word)));
  return everywhere ? { table, columns: columns.map(({ name }) => name), byName: rest.length === 0 } : undefined;
}

/** The tables found, by database; those found by their name come before those found by a column. */
export function linesOf(schema: Pick<SourceSchema, "tables">, search: string): Line[] {
  const words = wordsOf(search);
  const databases = new Map<string, Found[]>();
  for (const table of schema.tables) {
    const found = foundIn(table, words);
    if (found === undefined) continue;
    const others = databases.get(table.database);
    if (others === undefined) databases.set(table.database, [found]);
    else others.push(found);
  }
  const lines: Line[] = [];
  for (const [name, found] of databases) {
    lines.push({ kind: "database", name, count: found.length });
    const ordered = [...found.filter(({ byName }) => byName), ...found.filter(({ byName }) => !byName)];
    for (const { table, columns } of ordered) lines.push({ kind: "table", table, columns });
  }
  return lines;
}
