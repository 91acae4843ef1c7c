import { afterEach, describe, expect, it, vi } from "vitest";

import type { Rows } from "../../api/runs";
import { copied, readAll, tsv } from "./copying";
import { fixedRows } from "./rows";

afterEach(() => vi.restoreAllMocks());

describe("what is copied", () => {
  it("quotes what would split a field", () => {
    expect(tsv([["a\tb", "c\nd", 'say "x"', "e\r\nf"]])).toBe('"a\tb"\t"c\nd"\t"say ""x"""\t"e\r\nf"');
  });

  it("keeps every digit and every zero", () => {
    expect(tsv([["18446744073709551615", "00123", 0.1, true]])).toBe("18446744073709551615\t00123\t0.1\ttrue");
  });

  it("leaves NULL empty and writes lists as they are", () => {
    expect(tsv([[null, [1, "2"], { a: null }]])).toBe('\t[1,"2"]\t"{""a"":null}"'.replace('[1,"2"]', '"[1,""2""]"'));
  });

  it("puts names above the rows only when they are wanted", () => {
    const columns = [{ name: "first\tname", type: "String" }, { name: "n", type: "UInt8" }];
    expect(copied([["x", 1], ["y", 2]], columns)).toBe('"first\tname"\tn\nx\t1\ny\t2');
    expect(copied([["x", 1]])).toBe("x\t1");
  });

  it("copies one value as it is", () => {
    expect(copied([['two\nlines "quoted"']])).toBe('two\nlines "quoted"');
  });

  it("reads long sources piece by piece and stops at their end", async () => {
    const rows: Rows = {
      columns: [{ name: "n", type: "UInt32" }], rows: Array.from({ length: 2500 }, (_, n) => [n]), offset: 0, total: 2500, cut: false,
    };
    const source = fixedRows(rows);
    const read = vi.spyOn(source, "read");
    const all = await readAll(source, 100, 10_000, { column: 0, descending: true });
    expect(all).toHaveLength(2400);
    expect(all[0]).toEqual([2399]);
    expect(all.at(-1)).toEqual([0]);
    expect(read).toHaveBeenCalledTimes(3);
  });
});
