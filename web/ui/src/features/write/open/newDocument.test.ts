import { describe, expect, it } from "vitest";

import type { SourceSchema } from "../../../api/schema-browser";
import { parseDocument } from "../document";
import { newDocument } from "./newDocument";

const words = { title: "New report", period: "Period", rows: "Rows at most" };
const table = (name: string, rows: number, columns: [string, string][], database = "shop") => ({
  database, name, kind: "table" as const, comment: "", rows, bytes: null,
  columns: columns.map(([column, type]) => ({ name: column, type, comment: "", key: false })),
});
const schema = (tables: SourceSchema["tables"], driver = "clickhouse"): SourceSchema => ({
  source: "warehouse", driver, database: "shop", tables, more: false, read: "",
});

describe("a new report", () => {
  it("asks for a period of the largest table that has days", () => {
    const text = newDocument(words, "warehouse", schema([
      table("big", 100, [["id", "UInt64"]]),
      table("cards", 10, [["id", "UInt64"], ["issued on", "Nullable(DateTime)"]]),
      table("few", 1, [["day", "Date"]]),
    ]));
    expect(text).toContain("source: warehouse");
    expect(text).toContain("FROM cards\nWHERE true\n  {{ if .period.from }}AND toDate(`issued on`) >= {{ .period.from }}{{ end }}");
    expect(parseDocument(text).cells.map(({ name, closed }) => [name, closed])).toEqual([["rows", true]]);
  });

  it("writes names as Postgres has them", () => {
    const text = newDocument(words, "billing", schema([table("Bills", 1, [["at", "timestamp with time zone"]], "public")], "postgres"));
    expect(text).toContain("FROM public.Bills\nWHERE true\n  {{ if .period.from }}AND at::date >=");
  });

  it("asks for a number of rows where there are no days, and runs where nothing is known", () => {
    expect(newDocument(words, "warehouse", schema([table("list", 3, [["id", "UInt8"]])]))).toContain("SELECT *\nFROM list\nLIMIT {{ .rows }}");
    expect(newDocument(words)).toContain("SELECT {{ .rows }} AS answer");
  });
});
