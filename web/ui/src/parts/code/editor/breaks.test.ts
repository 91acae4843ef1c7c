import { EditorState } from "@codemirror/state";
import { describe, expect, it } from "vitest";

import { Breaks, plainBreaks } from "./breaks";

describe.each(["", "a\nb\n", "a\r\nb\r\n", "\r\n\r\nab", "a\r\nb\nc\r\n\nd\re"])("places of %j", (text) => {
  const breaks = new Breaks(text);
  const doc = EditorState.create({ doc: text }).doc;

  it("are those of CodeMirror and back", () => {
    expect(doc.toString()).toBe(plainBreaks(text));
    for (let place = 0; place <= doc.length; place++) {
      const there = breaks.toText(place);
      expect(plainBreaks(text.slice(0, there))).toBe(doc.sliceString(0, place));
      expect(breaks.toEditor(there)).toBe(place);
    }
  });

  it("make edits that change nothing else", () => {
    for (let place = 0; place <= doc.length; place++) {
      const edit = breaks.edit(place, place, "x\n");
      const after = text.slice(0, edit.from) + edit.insert + text.slice(edit.to);
      expect(plainBreaks(after)).toBe(`${doc.sliceString(0, place)}x\n${doc.sliceString(place)}`);
      expect(after.replace(edit.insert, "")).toBe(text);
    }
  });
});
