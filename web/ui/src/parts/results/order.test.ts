import { describe, expect, it } from "vitest";

import type { Rows } from "../../api/runs";
import { compareNumerals, compareTexts } from "./order";
import { fixedRows } from "./rows";

async function sorted(type: string, values: unknown[], descending = false) {
  const rows: Rows = { columns: [{ name: "x", type }], rows: values.map((value) => [value]), offset: 0, total: values.length, cut: false };
  const read = await fixedRows(rows).read(0, values.length, { column: 0, descending });
  return read.rows.map(([value]) => value);
}

describe("rows that are sorted here", () => {
  it("keeps the digits of 64-bit numbers apart", async () => {
    const values = ["9223372036854775807", "18446744073709551615", "9", "9223372036854775806", "-9223372036854775808"];
    expect(await sorted("UInt64", values)).toEqual(["-9223372036854775808", "9", "9223372036854775806", "9223372036854775807", "18446744073709551615"]);
  });

  it("compares decimals as numbers, however long they are", async () => {
    const values = ["10.0000000000000000001", "9.99", "-0.5", "10.00", "-12", "0.00", "10.0000000000000000002"];
    expect(await sorted("Nullable(Decimal(38, 19))", values)).toEqual(["-12", "-0.5", "0.00", "9.99", "10.00", "10.0000000000000000001", "10.0000000000000000002"]);
  });

  it("puts nan behind all numbers and NULL behind nan, both ways", async () => {
    const values = [null, "nan", 2, "inf", "-inf", -1];
    expect(await sorted("Nullable(Float64)", values)).toEqual(["-inf", -1, 2, "inf", "nan", null]);
    expect(await sorted("Nullable(Float64)", values, true)).toEqual(["inf", 2, -1, "-inf", "nan", null]);
  });

  it("compares moments by the clock of the world, to the last digit", async () => {
    const values = ["2024-01-01T03:00:00.000002+03:00", "2024-01-01T00:00:00.000001Z", "2023-12-31T23:59:59.000009-01:00"];
    expect(await sorted("DateTime64(6)", values)).toEqual([values[1], values[0], values[2]]);
  });

  it("leaves rows with the same value as they came", async () => {
    const rows: Rows = {
      columns: [{ name: "k", type: "LowCardinality(String)" }, { name: "n", type: "Int8" }],
      rows: [["b", 1], ["a", 2], ["b", 3], ["a", 4]], offset: 0, total: 4, cut: false,
    };
    const source = fixedRows(rows);
    const read = async (descending: boolean) => (await source.read(0, 4, { column: 0, descending })).rows.map(([, n]) => n);
    expect(await read(false)).toEqual([2, 4, 1, 3]);
    expect(await read(true)).toEqual([1, 3, 2, 4]);
    expect((await source.read(1, 2)).rows).toEqual([["a", 2], ["b", 3]]);
  });

  it("compares texts by code points, as databases do", () => {
    expect(["я", "😀", "\uffee", "a", "B", "ab"].sort(compareTexts)).toEqual(["B", "a", "ab", "я", "\uffee", "😀"]);
  });

  it("knows no negative zero", () => {
    expect(compareNumerals("-0.00", "0")).toBe(0);
    expect(compareNumerals("+1.50", "1.5")).toBe(0);
    expect(compareNumerals("100", "99")).toBeGreaterThan(0);
  });
});
