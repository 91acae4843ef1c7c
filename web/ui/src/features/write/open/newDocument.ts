import type { SchemaTable, SourceSchema } from "../../../api/schema-browser";

/** The words a new report begins with, in the language of the person. */
export interface Words {
  title: string;
  period: string;
  rows: string;
}

const day = /^(Nullable\(|LowCardinality\()*(Date|DateTime|timestamp|date)/;

function name(word: string, driver: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(word)) return word;
  return driver === "postgres" ? `"${word}"` : `\`${word}\``;
}

/** The table that shows most: one with days and rows, rather than a small list. */
function bestTable(schema: SourceSchema): SchemaTable | undefined {
  const own = schema.tables.filter((table) => table.database === schema.database && table.kind !== "dictionary");
  const dated = own.filter((table) => table.columns.some((column) => day.test(column.type)));
  const bySize = [...(dated.length > 0 ? dated : own.length > 0 ? own : schema.tables)].sort((a, b) => (b.rows ?? 0) - (a.rows ?? 0));
  return bySize[0];
}

/** A small report that runs as it is: a title, a field, and a cell on a table of the source. */
export function newDocument(words: Words, source?: string, schema?: SourceSchema): string {
  const table = schema === undefined ? undefined : bestTable(schema);
  const column = table?.columns.find(({ type }) => day.test(type));
  const head = ["---", `title: ${words.title}`, ...(source === undefined ? [] : [`source: ${source}`]), "form:"];
  if (schema === undefined || table === undefined || column === undefined) return plain(words, head, table, schema);
  const from = tableName(table, schema);
  const dated = name(column.name, schema.driver);
  const compared = /^(Nullable\(|LowCardinality\()*(DateTime|timestamp)/.test(column.type)
    ? `${schema.driver === "postgres" ? `${dated}::date` : `toDate(${dated})`}`
    : dated;
  return [
    ...head,
    "  - name: period",
    `    label: ${words.period}`,
    "    type: input",
    "    kind: daterange",
    "---",
    "```sql rows",
    "SELECT *",
    `FROM ${from}`,
    "WHERE true",
    `  {{ if .period.from }}AND ${compared} >= {{ .period.from }}{{ end }}`,
    `  {{ if .period.to }}AND ${compared} <= {{ .period.to }}{{ end }}`,
    `ORDER BY ${dated} DESC`,
    "LIMIT 1000",
    "```",
    "",
  ].join("\n");
}

function tableName(table: SchemaTable, schema: SourceSchema): string {
  const own = name(table.name, schema.driver);
  return table.database === schema.database ? own : `${name(table.database, schema.driver)}.${own}`;
}

function plain(words: Words, head: string[], table: SchemaTable | undefined, schema: SourceSchema | undefined): string {
  const from = table === undefined || schema === undefined ? "" : `\nFROM ${tableName(table, schema)}`;
  const select = from === "" ? "SELECT {{ .rows }} AS answer" : `SELECT *${from}\nLIMIT {{ .rows }}`;
  return [
    ...head, "  - name: rows", `    label: ${words.rows}`, "    type: input", "    kind: integer", "    min: 1", "    default: 100", "---",
    "```sql rows", select, "```", "",
  ].join("\n");
}
