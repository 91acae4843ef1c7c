import type { SchemaTable, SourceSchema } from "../../api/schema-browser";

const plain = { clickhouse: /^[A-Za-z_][A-Za-z0-9_]*$/, postgres: /^[a-z_][a-z0-9_]*$/ };

/** A name as the source's SQL takes it, quoted when it must be. */
export function quoted(name: string, driver: string): string {
  const postgres = driver === "postgres";
  if ((postgres ? plain.postgres : plain.clickhouse).test(name)) return name;
  return postgres ? `"${name.replaceAll('"', '""')}"` : `\`${name.replace(/[\\`]/g, "\\$&")}\``;
}

/** How SQL names the table; without its database where that is the source's own. */
export function nameIn(schema: Pick<SourceSchema, "driver" | "database">, table: Pick<SchemaTable, "database" | "name">): string {
  const name = quoted(table.name, schema.driver);
  return table.database === schema.database ? name : `${quoted(table.database, schema.driver)}.${name}`;
}

/** The source a report has when it names none. */
const usual = "warehouse";

/** A report to begin with: some rows of a table with all its columns. */
export function documentOn(schema: Pick<SourceSchema, "source" | "driver" | "database">, table: SchemaTable, title: string): string {
  const columns = table.columns.map(({ name }) => `    ${quoted(name, schema.driver)}`).join(",\n");
  return [
    "---",
    `title: ${JSON.stringify(title)}`,
    ...(schema.source === usual ? [] : [`source: ${JSON.stringify(schema.source)}`]),
    "---",
    "```sql rows",
    `SELECT\n${columns === "" ? "    *" : columns}`,
    `FROM ${nameIn(schema, table)}`,
    "LIMIT 1000",
    "```",
    "",
  ].join("\n");
}
