import type { SchemaTable, SourceSchema } from "../../../api/schema-browser";

export interface FoundTable {
  table: SchemaTable;
  /** One of its columns is what was looked for, rather than its name. */
  byColumn: boolean;
}

/** Tables whose name, comment or column has the words; those found by their own name come first. */
export function foundTables(schema: Pick<SourceSchema, "tables">, search: string): FoundTable[] {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return schema.tables.map((table) => ({ table, byColumn: false }));
  const has = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const own = schema.tables.filter((table) => has(`${table.database}.${table.name} ${table.comment}`));
  const named = new Set(own);
  const others = schema.tables.filter((table) => !named.has(table) && table.columns.some((column) => has(`${column.name} ${column.comment}`)));
  return [...own.map((table) => ({ table, byColumn: false })), ...others.map((table) => ({ table, byColumn: true }))];
}

/** A name as SQL of the source takes it; a table of another database with that before it. */
export function writtenName({ name, database }: { name: string; database?: string }, schema: { driver: string; database?: string }): string {
  const mark = schema.driver === "postgres" ? '"' : "`";
  const quoted = (word: string) => (/^[a-z_][a-z0-9_]*$/i.test(word) && (mark === "`" || word === word.toLowerCase()) ? word : mark + word + mark);
  return database === undefined || database === schema.database ? quoted(name) : `${quoted(database)}.${quoted(name)}`;
}
