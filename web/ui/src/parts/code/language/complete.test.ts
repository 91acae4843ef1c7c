import { describe, expect, it } from "vitest";

import type { Vocabulary } from "../types";
import { completeSql } from "./complete";
import { completeTemplate } from "./complete-template";
import { placeAt, tablesOf } from "./scope";

const column = (name: string, type = "String") => ({ name, type, comment: "", key: false });
const table = (database: string, name: string, columns: string[]) => ({
  database, name, kind: "table" as const, comment: "", rows: null, bytes: null, columns: columns.map((one) => column(one)),
});

const vocabulary: Vocabulary = {
  schema: {
    database: "shop",
    tables: [table("shop", "cards", ["card_number", "issued on"]), table("shop", "users", ["id", "email"]), table("crm", "partners", ["name"])],
  },
  functions: [{ name: "countIf", aggregate: true, syntax: "countIf(cond)", description: "" }],
  fields: [{ name: "partner", label: "Partner" }, { name: "period", kind: "daterange" }],
  cells: [{ name: "buyers", columns: ["buyer_id"] }],
  snippets: [{ name: "staff" }],
};

/** What is offered at the bar, by label. */
function labels(marked: string, asked = true): string[] | null {
  const at = marked.indexOf("|");
  const offers = completeSql(marked.replace("|", ""), at, vocabulary, asked);
  return offers?.options.map(({ label }) => label) ?? null;
}

describe("what is offered in SQL", () => {
  it("is tables behind FROM and JOIN, also those of cells", () => {
    expect(labels("SELECT 1 FROM |")).toEqual(["cards", "users", "crm.partners", "buyers", "staff"]);
    expect(labels("SELECT 1 FROM cards c, us|")).toContain("users");
    expect(labels("SELECT * FROM cards JOIN u|")).toContain("users");
  });

  it("is columns of the tables that are named, and no others", () => {
    const offers = labels("SELECT ca| FROM cards");
    expect(offers).toContain("card_number");
    expect(offers).not.toContain("email");
    expect(offers).toContain("countIf");
    expect(labels("SELECT | FROM {{ table \"buyers\" }} b")).toEqual(expect.arrayContaining(["buyer_id", "b"]));
  });

  it("is columns of an alias, tables of a database, columns of both", () => {
    expect(labels("SELECT c.| FROM cards AS c JOIN users u ON 1")).toEqual(["card_number", "issued on"]);
    expect(labels("SELECT u.e| FROM cards c LEFT JOIN users u ON 1")).toEqual(["id", "email"]);
    expect(labels("SELECT 1 FROM crm.|")).toEqual(["partners"]);
    expect(labels("SELECT crm.partners.| FROM crm.partners")).toEqual(["name"]);
  });

  it("is written so that SQL takes it", () => {
    const offers = completeSql("SELECT c. FROM cards c", 9, vocabulary, true)!;
    expect(offers.options.find(({ label }) => label === "issued on")?.apply).toBe("`issued on`");
    expect(completeSql("FROM b", 6, vocabulary, true)?.options.find(({ label }) => label === "buyers")?.apply).toBe('{{ table "buyers" }}');
  });

  it("is nothing in strings and comments, and before anything is typed", () => {
    expect(labels("SELECT 'FROM c|'")).toBeNull();
    expect(labels("SELECT 1 -- FROM c|")).toBeNull();
    expect(labels("SELECT /* c| */ 1")).toBeNull();
    expect(labels("SELECT |", false)).toBeNull();
    expect(labels("SELECT 1 AS ca|", false)).toBeNull();
    expect(labels("SELECT 'it\\'s' FROM c|")).toContain("cards");
  });
});

describe("what is offered in templates", () => {
  it("is fields, in SQL and within strings of it", () => {
    expect(labels("WHERE p = {{ .|")).toEqual(["partner", "period", "label", "user", "run", "report"]);
    expect(labels("WHERE p = {{ .label.|")).toEqual(["partner", "period"]);
    expect(labels("WHERE p = {{ .period.| }}")).toEqual(["from", "to"]);
    expect(labels("WHERE p = {{ .user.e| }}")).toEqual(["email", "name", "groups"]);
    expect(labels("{{ if and (gt .| ")).toContain("partner");
  });

  it("is cells and snippets where their names go", () => {
    expect(labels('FROM {{ table "|" }}')).toEqual(["buyers"]);
    expect(labels('{{ snippet "s|')).toEqual(["staff"]);
    expect(labels('{{ eq .partner "a|')).toBeNull();
    expect(labels("{{ | }}")).toEqual(expect.arrayContaining([".partner", "table", "if"]));
  });

  it("has other functions in prose", () => {
    const offered = completeTemplate(" ro", 3, vocabulary, "text")!.options.map(({ label }) => label);
    expect(offered).toContain("rows");
    expect(offered).not.toContain("table");
  });
});

describe("reading SQL", () => {
  it("tells places apart", () => {
    expect(placeAt("a 'b {{ c", 9).place).toBe("template");
    expect(placeAt("a 'b {{ c }} d", 14).place).toBe("string");
    expect(placeAt("a -- b\nc", 8).place).toBe("code");
    expect(placeAt("it's {{ .", 9, false).place).toBe("template");
  });

  it("finds the tables of a statement", () => {
    expect(tablesOf('SELECT 1 FROM a.b AS c JOIN `d` USING x, (SELECT 1 FROM "e" WHERE 1) -- FROM no')).toEqual([
      { database: "a", table: "b", alias: "c", cell: false },
      { database: undefined, table: "d", alias: undefined, cell: false },
      { database: undefined, table: "e", alias: undefined, cell: false },
    ]);
  });
});
