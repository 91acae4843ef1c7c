import { EditorState } from "@codemirror/state";
import { describe, expect, it } from "vitest";

import { isWritten } from "./completions";

function written(text: string, option: Parameters<typeof isWritten>[1]): boolean {
  return isWritten(EditorState.create({ doc: text, selection: { anchor: text.length } }), option);
}

describe("what is written already", () => {
  it("is the whole word, as it would be completed", () => {
    expect(written("FROM cards", { label: "cards", type: "class" })).toBe(true);
    expect(written("cards", { label: "cards", type: "class" })).toBe(true);
    expect(written("FROM card", { label: "cards", type: "class" })).toBe(false);
    expect(written("FROM old_cards", { label: "cards", type: "class" })).toBe(false);
    expect(written("FROM Cards", { label: "cards", type: "class" })).toBe(false);
  });

  it("is not a name that stands for more", () => {
    expect(written("SELECT count", { label: "count", apply: "count(", type: "function" })).toBe(false);
  });

  it("is a keyword in any letters", () => {
    expect(written("group by all", { label: "ALL", type: "keyword" })).toBe(true);
  });
});
