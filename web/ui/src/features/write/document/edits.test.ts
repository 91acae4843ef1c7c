import { describe, expect, it } from "vitest";

import {
  apply, blockText, difference, freeName, insertCell, insertText, invert, isBlankBlock, mapPlace, moveBlock, parseDocument, removeBlock,
  renameCell, setAttribute, setBody, type Edit,
} from ".";

const report = `---
title: Cards
exports:
  - {cells: [cards], format: xlsx}
audience: {cell: "cards"}
---
# Cards of {{ .partner }}

{{ rows "cards" }} cards.

\`\`\`sql cards source=warehouse
SELECT 1 -- cards
\`\`\`

\`\`\`sql more
SELECT * FROM {{ table "cards" }}, {{ table \`cards\` }}
\`\`\`

\`\`\`chart by_day
type: bar
cell: cards
x: day
y: count()
\`\`\`
The end.
`;

const windows = (text: string) => text.replace(/\n/g, "\r\n");
const named = (text: string, name: string) => parseDocument(text).blocks.findIndex((block) => block.cell?.name === name);
const names = (text: string) => parseDocument(text).cells.map((cell) => cell.name);

/** A generator of numbers that is the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

describe("edits", () => {
  it("are undone by their inverse, whatever they are", () => {
    const next = numbers(7);
    for (let round = 0; round < 300; round++) {
      const edits: Edit[] = [];
      for (let at = next(20); at < report.length; at += 1 + next(120)) {
        const to = Math.min(report.length, at + next(15));
        edits.push({ from: at, to, insert: "ab\n".slice(next(4)) });
        at = to;
      }
      const after = apply(report, edits);
      expect(apply(after, invert(report, edits))).toBe(report);
      expect(apply(report, difference(report, after))).toBe(after);
    }
  });

  it("move places along", () => {
    const edits = [{ from: 2, to: 4, insert: "xyz" }];
    expect([0, 2, 3, 4, 6].map((place) => mapPlace(place, edits))).toEqual([0, 2, 2, 5, 7]);
    expect(mapPlace(2, [{ from: 2, to: 2, insert: "ab" }])).toBe(2);
    expect(mapPlace(2, [{ from: 2, to: 2, insert: "ab" }], true)).toBe(4);
  });
});

describe.each([
  ["\\n", report],
  ["\\r\\n", windows(report)],
])("a document with %s", (_, text) => {
  const model = parseDocument(text);

  it("gets a new cell between blank lines and keeps every other byte", () => {
    for (let before = 0; before <= model.blocks.length; before++) {
      const edits = insertCell(model, before, { kind: "sql", name: "fresh", attributes: { source: "my source" }, body: "SELECT 2" });
      expect(edits).toHaveLength(1);
      const after = apply(text, edits);
      expect(edits[0]!.to).toBe(edits[0]!.from);
      expect(after.includes("\r\n")).toBe(text.includes("\r\n"));
      expect(/[^\r]\n/.test(after)).toBe(!text.includes("\r\n"));
      const cell = parseDocument(after).cells.find(({ name }) => name === "fresh")!;
      expect(cell.attributes).toEqual({ source: "my source" });
      expect(after.slice(cell.body.from, cell.body.to).trim()).toBe("SELECT 2");
      expect(names(after)).toHaveLength(4);
    }
  });

  it("keeps all cells and their bodies when blocks are moved about", () => {
    const next = numbers(3);
    let now = text;
    for (let round = 0; round < 200; round++) {
      const at = parseDocument(now);
      now = apply(now, moveBlock(at, next(at.blocks.length), next(at.blocks.length + 1)));
      expect([...names(now)].sort()).toEqual(["by_day", "cards", "more"]);
      expect(parseDocument(now).front).toEqual(model.front);
    }
    for (const cell of model.cells) {
      const moved = parseDocument(now).cells.find(({ name }) => name === cell.name)!;
      expect(now.slice(moved.body.from, moved.body.to)).toBe(text.slice(cell.body.from, cell.body.to));
    }
    expect(now).toContain("The end.");
    expect(now.length).toBeLessThan(text.length + 400);
  });

  it("puts a block where it is told", () => {
    const after = apply(text, moveBlock(model, named(text, "by_day"), named(text, "cards")));
    expect(names(after)).toEqual(["by_day", "cards", "more"]);
    expect(apply(text, moveBlock(model, named(text, "cards"), named(text, "cards")))).toBe(text);
  });

  it("loses only what is removed", () => {
    const after = apply(text, removeBlock(model, named(text, "more")));
    expect(names(after)).toEqual(["cards", "by_day"]);
    const kept = model.blocks.filter((block) => block.cell?.name !== "more" && !isBlankBlock(model, block));
    for (const block of kept) expect(after).toContain(blockText(model, block).trim());
    expect(removeBlock(model, 0)).toEqual([]);
  });

  it("renames a cell where it is plainly meant", () => {
    const after = apply(text, renameCell(model, model.cells[0]!, "loyalty"));
    expect(after).toBe(
      text
        .replace("[cards]", "[loyalty]")
        .replace('cell: "cards"', 'cell: "loyalty"')
        .replace('rows "cards"', 'rows "loyalty"')
        .replace("sql cards", "sql loyalty")
        .replace('table "cards"', 'table "loyalty"')
        .replace("table `cards`", "table `loyalty`")
        .replace("cell: cards", "cell: loyalty"),
    );
  });

  it("sets, changes and removes an attribute", () => {
    const [cards, more] = model.cells;
    expect(apply(text, setAttribute(model, cards!, "source", "billing"))).toBe(text.replace("=warehouse", "=billing"));
    expect(apply(text, setAttribute(model, cards!, "source", undefined))).toBe(text.replace(" source=warehouse", ""));
    expect(apply(text, setAttribute(model, more!, "source", "a b"))).toBe(text.replace("sql more", 'sql more source="a b"'));
    expect(setAttribute(model, more!, "source", undefined)).toEqual([]);
  });

  it("replaces a body with the line breaks of the document", () => {
    const after = apply(text, setBody(model, model.cells[0]!, "SELECT 1\nFROM t"));
    expect(after).toBe(text.replace("SELECT 1 -- cards", text.includes("\r\n") ? "SELECT 1\r\nFROM t" : "SELECT 1\nFROM t"));
  });
});

describe("what is half-written", () => {
  it("does not swallow a new cell", () => {
    const text = "---\ntitle: T\n---\n```sql open\nSELECT 1\n";
    for (const open of [text, text.trimEnd(), text.replace("```", "~~~~")]) {
      expect(names(apply(open, insertCell(parseDocument(open), 9, { kind: "sql", name: "b", body: "" })))).toEqual(["open", "b"]);
    }
    expect(moveBlock(parseDocument("---\n---\n```sql a\n```\n\n```sql open\n"), 1, 4)).toEqual([]);
  });

  it("gets names of its own", () => {
    expect(freeName(parseDocument(report), "cards")).toBe("cards2");
    expect(freeName(parseDocument(report), "query")).toBe("query");
  });

  it("has a fence longer than any in a body", () => {
    const model = parseDocument("---\n---\n");
    const after = apply(model.text, insertCell(model, 1, { kind: "sql", name: "a", body: "```\nx\n```" }));
    expect(parseDocument(after).cells).toHaveLength(1);
    expect(apply(after, insertText(parseDocument(after), 9, "# End"))).toMatch(/````\n\n# End\n$/);
  });
});
