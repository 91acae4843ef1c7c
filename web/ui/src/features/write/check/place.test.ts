import { describe, expect, it } from "vitest";

import { parseDocument } from "../document";
import { blockAt, blockLines, placeProblems } from "./place";

const text = "---\ntitle: T\n---\n\n# Prose\n\n```sql a\nSELECT 1\nFROM b\n```\nend\n";
const model = parseDocument(text);
const problem = (line: number, file = "report.md") => ({ file, line, column: 3, message: `m${line}` });

describe("lines of blocks", () => {
  it("count what their editors show", () => {
    expect(model.blocks.map(({ kind }) => kind)).toEqual(["front", "text", "cell", "text"]);
    expect(blockLines(model)).toEqual([
      { from: 1, editor: 2, to: 4 },
      { from: 4, editor: 5, to: 7 },
      { from: 7, editor: 8, to: 11 },
      { from: 11, editor: 11, to: 12 },
    ]);
    expect([1, 3, 5, 7, 10, 11, 99].map((line) => blockAt(model, line))).toEqual([0, 0, 1, 2, 2, 3, 3]);
  });

  it("place problems beside what is wrong", () => {
    const placed = placeProblems(model, [problem(2), problem(5), problem(7), problem(9), problem(1, "snippets/s.sql")], "report.md");
    expect(placed.get(0)).toEqual([{ line: 1, column: 3, message: "m2" }]);
    expect(placed.get(1)).toEqual([{ line: 1, column: 3, message: "m5" }]);
    expect(placed.get(2)).toEqual([
      { line: 0, column: undefined, message: "m7" },
      { line: 2, column: 3, message: "m9" },
    ]);
    expect(placed.get(-1)).toHaveLength(1);
  });
});
