import { describe, expect, it } from "vitest";

import type { SchemaTable } from "../../api/schema-browser";
import { documentOn, nameIn, quoted } from "./starting";

const table: SchemaTable = {
  database: "shop", name: "cards", kind: "table", comment: "", rows: null, bytes: null,
  columns: ["id", "issued on"].map((name) => ({ name, type: "String", comment: "", key: false })),
};
const warehouse = { source: "warehouse", driver: "clickhouse", database: "shop" };

describe("a name in SQL", () => {
  it("is quoted when it must be, as the source does it", () => {
    expect(quoted("cards", "clickhouse")).toBe("cards");
    expect(quoted("my `cards\\", "clickhouse")).toBe("`my \\`cards\\\\`");
    expect(quoted("Cards", "postgres")).toBe('"Cards"');
    expect(quoted('a"b', "postgres")).toBe('"a""b"');
  });

  it("has its database unless that is the source's own", () => {
    expect(nameIn(warehouse, table)).toBe("cards");
    expect(nameIn({ driver: "embedded", database: "default" }, table)).toBe("shop.cards");
  });
});

it("begins a report with the columns of a table", () => {
  expect(documentOn(warehouse, table, 'Rows of "cards"')).toBe(
    '---\ntitle: "Rows of \\"cards\\""\n---\n```sql rows\nSELECT\n    id,\n    `issued on`\nFROM cards\nLIMIT 1000\n```\n',
  );
  expect(documentOn({ ...warehouse, source: "crm" }, { ...table, columns: [] }, "All")).toContain('source: "crm"\n---\n```sql rows\nSELECT\n    *\n');
});
