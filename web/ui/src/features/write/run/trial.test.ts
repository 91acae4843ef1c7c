import { describe, expect, it } from "vitest";

import type { TrialResult } from "../../../api/trial";
import { begun, failedLine, finished, noTrial, progressed, renamed, runningCell, stopped } from "./trial";

const rows = { columns: [], rows: [], offset: 0, total: 0, cut: false };
const cell = (name: string, error = "") => ({ name, source: "warehouse", rows: 1, bytes: 1, seconds: 1, cut: false, error, line: 0, result: rows });
const result = (names: string[], more: Partial<TrialResult> = {}): TrialResult => ({
  status: "succeeded", error_code: "", error: "", fields: [], problems: [], notes: [], text: "", parts: [], seconds: 1, charts: [], cells: names.map((name) => cell(name)), ...more,
});
const ran = (bodies: Record<string, string>) => Object.fromEntries(Object.entries(bodies).map(([name, body]) => [name, { body, line: 1 }]));
const now = "2026-01-01T00:00:00Z";

describe("trial runs", () => {
  it("of one cell leave the results of others", () => {
    const all = finished(begun(noTrial, undefined, now), result(["a", "b"], { text: "prose" }), ran({ a: "1", b: "2" }));
    const one = finished(begun(all, "b", now), result(["b"]), ran({ a: "1", b: "3" }));
    expect([one.cells.a?.ran.body, one.cells.b?.ran.body, one.text]).toEqual(["1", "3", "prose"]);
    expect(Object.keys(finished(begun(all, undefined, now), result(["a"]), {}).cells)).toEqual(["a"]);
  });

  it("tell which cell is running", () => {
    const progress = { run: "", status: "running" as const, ahead: 0, attempt: 1, sequence: 1, files: [], cells: [
      { name: "a", done: true, read: 0, total: 0, bytes: 0, received: 0 }, { name: "b", done: false, read: 0, total: 0, bytes: 0, received: 0 },
    ] };
    expect(runningCell(progressed(begun(noTrial, undefined, now), progress))).toBe("b");
    expect(runningCell(begun(noTrial, "a", now))).toBe("a");
    expect(progressed(noTrial, progress)).toBe(noTrial);
  });

  it("that are stopped keep what was there", () => {
    const before = finished(begun(noTrial, undefined, now), result(["a"]), {});
    const after = stopped(begun(before, "a", now), "cancelled", "");
    expect([after.running, after.ended?.status, after.ended?.cell, Object.keys(after.cells)]).toEqual([undefined, "cancelled", "a", ["a"]]);
  });

  it("follow a cell to its new name", () => {
    const before = finished(begun(noTrial, undefined, now), result(["a"]), {});
    expect(Object.keys(renamed(before, "a", "c").cells)).toEqual(["c"]);
    expect(renamed(before, "x", "c").cells).toBe(before.cells);
  });

  it("tell the line of a failure where the cell is now, and none once it reads otherwise", () => {
    const failed = { cell: { ...cell("a", "no such column"), line: 12 }, ran: { body: "SELECT 1,\nx", line: 11 } };
    expect(failedLine(failed, failed.ran)).toBe(12);
    expect(failedLine(failed, { ...failed.ran, line: 31 })).toBe(32);
    expect(failedLine(failed, { body: "SELECT 1,\n\nx", line: 11 })).toBe(0);
    expect(failedLine({ ...failed, cell: { ...failed.cell, line: 0 } }, failed.ran)).toBe(0);
  });
});
