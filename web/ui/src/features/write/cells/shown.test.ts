import { describe, expect, it } from "vitest";

import { apply, parseDocument } from "../document";
import { bodyEdits, fits, marginsOf, shownBody, shownText } from "./shown";

/** Types into the first cell as its editor would. */
function typed(text: string, from: number, to: number, insert: string): string {
  const model = parseDocument(text);
  const { body, closed } = model.cells[0]!;
  return apply(text, bodyEdits(model, body, [{ from, to, insert }], closed));
}

describe.each(["\n", "\r\n"])("a cell with breaks %j", (newline) => {
  const doc = (...lines: string[]) => ["---", "---", ...lines].join(newline);
  const shown = (text: string) => {
    const model = parseDocument(text);
    return shownBody(model, model.cells[0]!.body, model.cells[0]!.closed);
  };

  it("shows its lines and takes what is typed", () => {
    const text = doc("```sql a", "SELECT 1", "```", "end");
    expect(shown(text)).toBe("SELECT 1");
    expect(typed(text, 8, 8, newline)).toBe(doc("```sql a", "SELECT 1", "", "```", "end"));
    expect(shown(typed(text, 8, 8, newline))).toBe(`SELECT 1${newline}`);
    expect(shown(typed(text, 0, 8, ""))).toBe("");
  });

  it("takes the first letter too", () => {
    expect(typed(doc("```sql a", "```"), 0, 0, "x")).toBe(doc("```sql a", "x", "```"));
    const emptied = typed(doc("```sql a", "x", "```"), 0, 1, "");
    expect(typed(emptied, 0, 0, "y")).toBe(doc("```sql a", "y", "```"));
  });

  it("shows everything while its end is forgotten", () => {
    const text = doc("```sql a", "SELECT 1");
    const more = typed(text, 8, 8, newline);
    expect(shown(more)).toBe(`SELECT 1${newline}`);
    expect(typed(more, 8 + newline.length, 8 + newline.length, "x")).toBe(`${text}${newline}x`);
  });
});

describe("a text", () => {
  it("is shown without the blank lines around, as long as they are blank", () => {
    const margins = marginsOf("\n \n# A\n\nb\n\n");
    expect(shownText("\n \n# A\n\nb\n\n", margins)).toBe("# A\n\nb");
    expect(shownText("\n \n# A\n\nb\n\n\n", margins)).toBe("# A\n\nb\n");
    expect(fits("\n \n# A\n\nb\n\n\n", margins)).toBe(true);
    expect(fits("# A\n\nb", margins)).toBe(false);
    expect(shownText(" \n\n", marginsOf(" \n\n"))).toBe("");
  });
});
