import { describe, expect, it } from "vitest";

import { apply, parseDocument } from "../document";
import { changeCell } from "../form/front";
import { addChart, changeChart } from "./place";
import { drawn } from "./points";
import { asKind, chartChanges, chartOf, type ChartSpec, measureText, readMeasure, suggested } from "./spec";

const columns = [
  { name: "day", type: "Date" }, { name: "city", type: "LowCardinality(String)" }, { name: "amount", type: "Nullable(Decimal(10, 2))" }, { name: "n", type: "UInt64" },
];
const rows = [
  ["2025-01-02", "Omsk", "1.50", "1"], ["2025-01-01", "Perm", "2.00", "9007199254740993"], ["2025-01-02", "Omsk", null, "3"], ["2025-01-02", null, "4.25", "3"],
];
const spec = (given: Partial<ChartSpec>): ChartSpec => ({ kind: "bar", cell: "q", x: "day", y: [{ function: "sum", column: "amount" }], series: "", stacked: false, title: "", ...given });
const points = (given: Partial<ChartSpec>) => {
  const result = drawn(spec(given), columns, rows, "(none)");
  return "chart" in result ? [result.chart.points, result.chart.series.map(({ name, values }) => [name, ...values])] : result;
};

describe("points", () => {
  it.each<[Partial<ChartSpec>, unknown]>([
    [{}, [["2025-01-01", "2025-01-02"], [["sum(amount)", 2, 5.75]]]],
    [{ y: [{ function: "count", column: "" }, { function: "avg", column: "amount" }] }, [["2025-01-01", "2025-01-02"], [["count()", 1, 3], ["avg(amount)", 2, 2.875]]]],
    [{ y: [{ function: "uniq", column: "city" }] }, [["2025-01-01", "2025-01-02"], [["uniq(city)", 1, 1]]]],
    [{ x: "city", y: [{ function: "max", column: "n" }] }, [["Omsk", "Perm", null], [["max(n)", 3, 9007199254740992, 3]]]],
    [{ series: "city" }, [["2025-01-01", "2025-01-02"], [["Omsk", null, 1.5], ["Perm", 2, null], ["(none)", null, 4.25]]]],
    [{ y: [{ function: "", column: "amount" }] }, [["2025-01-02", "2025-01-01", "2025-01-02", "2025-01-02"], [["amount", 1.5, 2, null, 4.25]]]],
    [{ x: "n", y: [{ function: "count", column: "" }] }, [[1, 3, "9007199254740993"], [["count()", 1, 2, 1]]]],
  ])("%j", (given, wanted) => expect(points(given)).toEqual(wanted));

  it.each<[Partial<ChartSpec>, unknown]>([
    [{ x: "gone" }, { why: "column", name: "gone" }],
    [{ y: [{ function: "sum", column: "city" }] }, { why: "number", name: "city" }],
    [{ y: [] }, { why: "nothing" }],
    [{ y: [{ function: "", column: "amount" }, { function: "count", column: "" }] }, { why: "mixed" }],
    [{ y: [{ function: "", column: "n" }], series: "city" }, { why: "several", x: "day", series: "city" }],
  ])("cannot be drawn: %j", (given, wanted) => expect(points(given)).toEqual(wanted));

  it("of a column that is called like an aggregate are that column", () => {
    const result = drawn(spec({ y: [{ function: "count", column: "" }] }), [columns[0]!, { name: "count()", type: "UInt64" }], [["2025-01-01", "7"]], "");
    expect("chart" in result && result.chart.series[0]!.values).toEqual([7]);
  });

  it("leave the smallest series out when there are too many", () => {
    const many = Array.from({ length: 130 }, (_, index) => ["2025-01-01", `c${index}`, String(index), "1"]);
    const result = drawn(spec({ series: "city" }), columns, many, "");
    expect("chart" in result && [result.chart.series.length, result.chart.series[0]!.name, result.most]).toEqual([100, "c30", { what: "series", most: 100 }]);
  });
});

describe("a chart", () => {
  it("is suggested by the types of the columns", () => {
    expect(suggested("q", columns)).toMatchObject({ kind: "line", x: "day", y: [{ function: "sum", column: "amount" }] });
    expect(suggested("q", [{ name: "city_id", type: "UInt32" }, { name: "city", type: "String" }])).toMatchObject({ kind: "bar", x: "city", y: [{ function: "count", column: "" }] });
  });

  it("has measures as text", () => {
    for (const text of ["count()", "sum(a b)", "plain", "median(x)", "count(x)"]) expect(measureText(readMeasure(text))).toBe(text);
    expect(readMeasure("sum( a )")).toEqual({ function: "sum", column: "a" });
    expect(readMeasure("median(x)").function).toBe("");
  });

  it("is changed in its text and nowhere else", () => {
    const text = "---\ntitle: T\n---\n```chart c\n# what\ntype: bar # kind\ncell: q\nx: day\ny: [a, sum(b)]\nstacked: true\n```\nEnd\n";
    const model = parseDocument(text);
    const before = chartOf(model, model.cells[0]!)!;
    expect(before).toEqual(spec({ y: [{ function: "", column: "a" }, { function: "sum", column: "b" }], stacked: true }));
    const after = { ...asKind(before, "pie"), title: "Of {{ .x }}" };
    expect(apply(text, changeCell(model, model.cells[0]!, chartChanges(before, after))!)).toBe(
      text.replace("type: bar", "type: pie").replace("[a, sum(b)]", "a").replace("stacked: true\n", 'title: Of {{ .x }}\n'),
    );
    expect(chartChanges(before, before)).toEqual([]);
  });
});

describe.each([["\\n", "\n"], ["\\r\\n", "\r\n"]])("a new chart (%s)", (_, newline) => {
  it("stands behind its cell", () => {
    const text = "---\ntitle: T\n---\n```sql q\nSELECT 1\n```\nThe end.\n\n```sql r\n```\n".replace(/\n/g, newline);
    const edits = addChart(parseDocument(text), spec({ title: "A: b", y: [{ function: "sum", column: "amount" }, { function: "count", column: "" }] }));
    const after = apply(text, edits);
    const model = parseDocument(after);
    expect(model.cells.map(({ kind, name }) => `${kind} ${name}`)).toEqual(["sql q", "chart q_chart", "sql r"]);
    expect(chartOf(model, model.cells[1]!)).toEqual(spec({ title: "A: b", y: [{ function: "sum", column: "amount" }, { function: "count", column: "" }] }));
    expect(text.replace(/\s/g, "")).toBe(after.replace(/```chart[\s\S]*?```/, "").replace(/\s/g, ""));
    const changed = changeChart(model, model.cells[1]!, { ...spec({}), series: "city" })!;
    expect(chartOf(parseDocument(apply(after, changed)), parseDocument(apply(after, changed)).cells[1]!)).toEqual(spec({ series: "city" }));
  });
});
