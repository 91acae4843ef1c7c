import { describe, expect, it } from "vitest";

import { DocumentStore } from "./store";

/** A store with a clock that is passed by hand. */
function begin(text: string) {
  const clock = { now: 0 };
  const store = new DocumentStore(text, () => clock.now);
  const type = (at: number, letters: string) => {
    [...letters].forEach((letter, n) => store.change([{ from: at + n, to: at + n, insert: letter }], { typing: true }));
  };
  return { store, clock, type, text: () => store.get().text };
}

describe("undo and redo", () => {
  it("take typing in one place together, and another place apart", () => {
    const { store, type, text } = begin("ab");
    type(1, "xyz");
    type(0, "Q");
    expect(text()).toBe("Qaxyzb");
    store.undo();
    expect(text()).toBe("axyzb");
    store.undo();
    expect(text()).toBe("ab");
    store.redo();
    store.redo();
    expect(text()).toBe("Qaxyzb");
    expect(store.get().canRedo).toBe(false);
  });

  it("part typing where somebody paused or began a line", () => {
    const { store, clock, type, text } = begin("");
    type(0, "a");
    clock.now = 5_000;
    type(1, "b");
    store.change([{ from: 2, to: 2, insert: "\n" }], { typing: true });
    store.undo();
    expect(text()).toBe("ab");
    store.undo();
    expect(text()).toBe("a");
  });

  it("take backspaces together with what they follow", () => {
    const { store, type, text } = begin("");
    type(0, "abc");
    store.change([{ from: 2, to: 3, insert: "" }], { typing: true });
    store.change([{ from: 1, to: 2, insert: "" }], { typing: true });
    expect(text()).toBe("a");
    store.undo();
    expect(text()).toBe("");
  });

  it("lead back through every change, also of many edits and whole texts", () => {
    const { store, type, text } = begin("one two");
    const seen = [text()];
    store.change([{ from: 0, to: 3, insert: "1" }, { from: 4, to: 7, insert: "2" }]);
    seen.push(text());
    type(3, "!");
    seen.push(text());
    store.replace("other");
    for (const before of seen.reverse()) {
      store.undo();
      expect(text()).toBe(before);
    }
    store.undo();
    expect(store.get().canUndo).toBe(false);
    for (let n = 0; n < 5; n++) store.redo();
    expect(text()).toBe("other");
  });

  it("forget what could be redone once something else is done", () => {
    const { store, type, text } = begin("");
    type(0, "a");
    store.undo();
    type(0, "b");
    store.redo();
    expect(text()).toBe("b");
  });

  it("tell those who watch, until they stop", () => {
    const { store, type } = begin("");
    let told = 0;
    const stop = store.subscribe(() => told++);
    type(0, "ab");
    store.change([]);
    stop();
    type(0, "c");
    expect(told).toBe(2);
  });
});
