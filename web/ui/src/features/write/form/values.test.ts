import { describe, expect, it } from "vitest";

import { apply, parseDocument } from "../document";
import { fieldsOf } from "./fields";
import { changeFront, frontOf } from "./front";
import { becomes, choiceOf, choices, freeName, nameMistake, newField } from "./kinds";
import { copyOf, pastedOptions, writtenDefault } from "./values";

const text = `---
title: T
form:
  - name: a
    type: input
    kind: list
    of: integer
    max_items: 5
    min: 007
    default: [1, 2]
  - name: b
    type: select
    kind: integer
    default: 2
    options: [1, {value: 2, label: Two}]
---
`;
const read = (now: string) => fieldsOf(frontOf(parseDocument(now)));
const option = { value: "one", label: "One" };

describe("a field", () => {
  it("becomes any kind, with what that kind has and nothing else", () => {
    for (const [index, field] of read(text).entries()) {
      for (const to of choices) {
        const edits = changeFront(text, becomes(index, field, to, option))!;
        const after = read(apply(text, edits))[index]!;
        expect(choiceOf(after)).toBe(to);
        if (to !== "list") expect(after.of).toBe("");
        if (to === "select" || to === "checkbox") expect(after.options).toBeDefined();
        if (to === "date") expect(after).toMatchObject({ default: undefined, min: "", options: undefined });
      }
    }
    expect(read(apply(text, changeFront(text, becomes(1, read(text)[1]!, "checkbox", option))!))[1]).toMatchObject({ kind: "integer", default: "2" });
  });

  it("is copied whole", () => {
    for (const [index, field] of read(text).entries()) {
      const after = apply(text, changeFront(text, [{ do: "insert", path: ["form"], at: index + 1, value: copyOf(field, "c", "C"), block: true }])!);
      expect(read(after)[index + 1]).toEqual({ ...field, name: "c", label: "C" });
    }
  });

  it("is new as each kind", () => {
    for (const choice of choices) {
      const after = apply(text, changeFront(text, [{ do: "insert", path: ["form"], at: 2, value: newField(choice, "c", "C: d", option), block: true }])!);
      expect(choiceOf(read(after)[2]!)).toBe(choice);
      expect(read(after)[2]!.label).toBe("C: d");
    }
  });

  it("has a name of its own", () => {
    expect(["a", "A", "1a", "label", "null", ""].map((name) => nameMistake(name, ["a"]))).toEqual(["nameTaken", "nameWrong", "nameWrong", "nameReserved", "nameWrong", "nameWrong"]);
    expect([freeName("day", []), freeName("day", ["day"]), freeName("run", [])]).toEqual(["day", "day2", "run2"]);
  });
});

it("defaults are written as their kind wants", () => {
  const [list, select] = read(text);
  const after = (value: Parameters<typeof writtenDefault>[1], field = select!) =>
    apply("---\n---\n", changeFront("---\n---\n", [{ do: "set", path: ["default"], value: writtenDefault(field, value)! }])!);
  expect(after("5")).toContain("default: 5\n");
  expect(after("5", { ...select!, kind: "" })).toContain('default: "5"\n');
  expect(after(["1", "2"], list!)).toContain("default: [1, 2]\n");
  expect(after({ from: "today-30d", to: "" })).toContain("default: {from: today-30d}\n");
  expect(after(true)).toContain("default: true\n");
  expect(writtenDefault(select!, { from: "", to: "" })).toBeUndefined();
});

it("options are taken from a spreadsheet", () => {
  expect(pastedOptions("one")).toBeUndefined();
  expect(pastedOptions("1\tOne\r\n\r\n2\tTwo\tcount()\r\n")).toEqual([{ value: "1", label: "One", sql: "" }, { value: "2", label: "Two", sql: "count()" }]);
  expect(pastedOptions("a\nb")).toEqual([{ value: "a", label: "", sql: "" }, { value: "b", label: "", sql: "" }]);
});
