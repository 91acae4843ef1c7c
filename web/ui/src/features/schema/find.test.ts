import { describe, expect, it } from "vitest";

import type { SchemaTable } from "../../api/schema-browser";
import { linesOf } from "./find";

const table = (database: string, name: string, columns: string[], comment = ""): SchemaTable => ({
  database, name, comment, kind: "table", rows: 1, bytes: 1, columns: columns.map((column) => ({ name: column, type: "String", comment: "", key: false })),
});
const schema = {
  tables: [table("crm", "contracts", ["id", "manager"]), table("shop", "buys", ["user_id", "card"]), table("shop", "cards", ["id", "city"], "Plastic and not")],
};
const told = (search: string) =>
  linesOf(schema, search).map((line) => (line.kind === "database" ? `${line.name} ${line.count}` : [line.table.name, ...line.columns].join(" ")));

describe("the list of tables", () => {
  it("is by database", () => {
    expect(told("")).toEqual(["crm 1", "contracts", "shop 2", "buys", "cards"]);
  });

  it("finds tables by name first, then by a column, which is told", () => {
    expect(told("CARD")).toEqual(["shop 2", "cards", "buys card"]);
  });

  it("needs every word, in whatever place", () => {
    expect(told("shop.cards")).toEqual(["shop 1", "cards"]);
    expect(told("buys card")).toEqual(["shop 1", "buys card"]);
    expect(told("plastic city")).toEqual(["shop 1", "cards city"]);
    expect(told("card manager")).toEqual([]);
  });
});

it("goes through five thousand tables while one types", () => {
  const many = { tables: Array.from({ length: 5000 }, (_, at) => table("db", `table_${at}`, Array.from({ length: 40 }, (_, c) => `column_${at}_${c}`))) };
  expect(linesOf(many, "column_4999_39")).toHaveLength(2);
});
