import { describe, expect, it } from "vitest";

import { foundTables, writtenName } from "./tree";

const table = (name: string, columns: string[]) => ({
  database: "shop", name, kind: "table" as const, comment: "", rows: null, bytes: null,
  columns: columns.map((column) => ({ name: column, type: "String", comment: "", key: false })),
});
const schema = { tables: [table("users", ["id", "card"]), table("cards", ["number"])] };

describe("the tree of a source", () => {
  it("finds tables by their name first, then by their columns", () => {
    expect(foundTables(schema, "CARD").map(({ table, byColumn }) => [table.name, byColumn])).toEqual([["cards", false], ["users", true]]);
    expect(foundTables(schema, " ")).toHaveLength(2);
    expect(foundTables(schema, "card nothing")).toEqual([]);
  });

  it("writes names as the source takes them", () => {
    expect(writtenName({ name: "a b", database: "x" }, { driver: "clickhouse", database: "shop" })).toBe("x.`a b`");
    expect(writtenName({ name: "Cards", database: "shop" }, { driver: "clickhouse", database: "shop" })).toBe("Cards");
    expect(writtenName({ name: "Cards", database: "public" }, { driver: "postgres", database: "public" })).toBe('"Cards"');
  });
});
