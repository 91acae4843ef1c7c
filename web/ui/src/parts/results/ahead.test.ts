import { describe, expect, it } from "vitest";

import type { Run, RunProgress } from "../../api/runs";
import { share, stepOf } from "./ahead";
import { moved } from "./grid";
import { shownText } from "./kinds";
import { cellsToShow, seconds } from "./results";
import { guessWidths } from "./widths";

const told = (some: Partial<RunProgress>): RunProgress => ({ run: "r", status: "running", ahead: 0, attempt: 1, sequence: 1, cells: [], files: [], ...some });
const cell = (name: string, done: boolean) => ({ name, done, read: 0, total: 0, bytes: 0, received: 0 });

describe("how far a run is", () => {
  it("says nothing where nobody knows, and never all before the end", () => {
    expect(share(false, 5, 0)).toBeUndefined();
    expect(share(false, 50, 200)).toBe(25);
    expect(share(false, 500, 200)).toBe(99);
    expect(share(true, 0, 0)).toBe(100);
  });

  it("goes from the queue through cells and files to the end", () => {
    expect(stepOf(told({ status: "queued", ahead: 3 }))).toEqual({ is: "queued", ahead: 3 });
    expect(stepOf(told({})).is).toBe("starting");
    expect(stepOf(told({ cells: [cell("a", true), cell("b", false)] }))).toMatchObject({ is: "cell", number: 2 });
    const file = { format: "xlsx", done: false, written: 1, total: 2 };
    expect(stepOf(told({ cells: [cell("a", true)], files: [{ ...file, done: true }, file] }))).toEqual({ is: "file", file });
    expect(stepOf(told({ cells: [cell("a", true)], files: [{ ...file, done: true }] })).is).toBe("ending");
  });

  it("counts from the start to the end, or to now", () => {
    const run = { started: "2026-01-01T00:00:00Z", finished: "2026-01-01T00:00:02.5Z" } as Run;
    expect(seconds(run)).toBe(2.5);
    expect(seconds({ ...run, finished: null }, Date.parse("2026-01-01T00:01:00Z"))).toBe(60);
    expect(seconds({ ...run, started: null })).toBe(0);
  });

  it("shows the rows of kept cells, until they are removed", () => {
    const run = { files_removed: null, cells: [{ name: "a", kept: 5 }, { name: "b", kept: null }] } as Run;
    expect(cellsToShow(run).map(({ name }) => name)).toEqual(["a"]);
    expect(cellsToShow({ ...run, files_removed: "2026-01-01T00:00:00Z" })).toEqual([]);
  });
});

describe("keys in the table", () => {
  const extent = { rows: 100, columns: 10, page: 20 };
  it.each([
    ["ArrowUp", false, { row: 0, column: 3 }, { row: -1, column: 3 }],
    ["ArrowUp", true, { row: 50, column: 3 }, { row: 0, column: 3 }],
    ["ArrowDown", false, { row: 99, column: 3 }, { row: 99, column: 3 }],
    ["ArrowRight", true, { row: 5, column: 3 }, { row: 5, column: 9 }],
    ["Home", false, { row: 5, column: 3 }, { row: 5, column: 0 }],
    ["End", true, { row: 5, column: 3 }, { row: 99, column: 9 }],
    ["PageDown", false, { row: 90, column: 3 }, { row: 99, column: 3 }],
    ["PageUp", false, { row: 30, column: 3 }, { row: 10, column: 3 }],
  ])("%s (jump: %s)", (key, jump, from, to) => {
    expect(moved(from, key, jump, extent)).toEqual(to);
  });

  it("leaves other keys alone", () => {
    expect(moved({ row: 0, column: 0 }, "x", false, extent)).toBeUndefined();
  });
});

describe("values", () => {
  it("shows moments by the report's clock with all their digits", () => {
    expect(shownText("2024-01-01T12:00:00.000123+09:00", "moment")).toBe("2024-01-01 12:00:00.000123");
    expect(shownText("18446744073709551615", "integer")).toBe("18446744073709551615");
  });

  it("gives each column room for its name and its longest value, within bounds", () => {
    const columns = [{ name: "n", type: "UInt8" }, { name: "a long name of a column", type: "UInt8" }, { name: "text", type: "String" }];
    const [short, named, long] = guessWidths(columns, [[1, 1, "x".repeat(1000)]], (text) => text.length * 10);
    expect(short).toBeGreaterThanOrEqual(56);
    expect(named).toBeGreaterThan(230);
    expect(long).toBe(360);
  });
});
