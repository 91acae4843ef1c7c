import { expect, it } from "vitest";

import { parseDocument } from "../document";
import { frontOf } from "./front";
import { offsetOf, placed, saidElsewhere, saidOf } from "./problems";

const text = `---
title: Имя 😀
form:
  - name: a
    type: select
    options: [1, {value: 2, lable: x}]
  - {name: b, type: put}
---
{{ .c }}
`;

it("tells a problem's key by line and column", () => {
  const model = parseDocument(text);
  const at = (needle: string) => {
    const before = text.slice(0, text.indexOf(needle));
    return { file: "report.md", line: before.split("\n").length, column: [...before.slice(before.lastIndexOf("\n") + 1)].length + 1, message: needle };
  };
  const found = placed(model, frontOf(model), ["Имя", "name: a", "select", "lable", "put", "{name: b", ".c"].map(at));
  expect(found.map(({ path }) => path.join("."))).toEqual(["title", "form.0.name", "form.0.type", "form.0.options.1.lable", "form.1.type", "form.1"]);
  expect(saidOf(found, ["form", 0, "options"])).toEqual(["lable"]);
  expect(saidElsewhere(found, ["form", 1], ["type"])).toEqual(["{name: b"]);
});

it("leaves what is wrong in a snippet to others", () => {
  const model = parseDocument(text);
  expect(placed(model, frontOf(model), [{ file: "cards.sql", line: 4, column: 5, message: "x" }])).toEqual([]);
});

it("counts characters as the service does", () => {
  expect(text.slice(offsetOf(text, 2, 13))).toMatch(/^\n/);
  expect(offsetOf(text, 99, 1)).toBe(text.length);
});
