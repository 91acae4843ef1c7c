import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { isMap, isSeq, parse, parseDocument as parseYaml } from "yaml";
import { describe, expect, it } from "vitest";

import { apply, parseDocument } from "../document";
import { changeFront, frontOf } from "./front";
import { fieldsOf } from "./fields";
import type { Operation } from "./yaml/expected";
import { Plain } from "./yaml/written";

const folder = resolve(import.meta.dirname, "../../../../../../reports");
const library = readdirSync(join(folder, "library")).filter((name) => name.endsWith(".md")).map((name) => join(folder, "library", name));

const odd = `\uFEFF---
# what it is
title: "A #1 report"   # in quotes
tags: [a, "b, c"]
form:
  # the first
  - name: partner # named
    label:   'It''s one'
    type: select
    options:
        sql: |
            SELECT 1  -- number

            FROM t # not a comment

  # the second
  - {name: n, type: input, kind: integer, min: 007, default: 5}    # small

  - type: checkbox
    name: columns
    default: [ x,
      y ]   # over lines
    options:
    - {value: x, sql: "a, b"}
    -   value: y
        label: >-
          two
          words
        sql: y

  -
    name: last
    type: input
    label:
# behind
exports:
- cells: [q]
  format: csv
  separator: "\\t"
notify: []
---
Text --- with
---
lines
\`\`\`sql q
SELECT {{ .n }}
\`\`\`
`;

const flows = `---
{title: All in one, form: [{name: a, type: input}, {name: b, type: select, options: [1, 2, {value: 3, label: three}]}, # c
   {name: c, type: input}]}
---
`;

const documents: [string, string][] = [
  ...library.map((file): [string, string] => [file.slice(folder.length + 1), readFileSync(file, "utf8")]),
  ["loyalty", readFileSync(join(folder, "testdata/loyalty.md"), "utf8")],
  ["odd", odd],
  ["flows", flows],
];
const windows = ["loyalty", "odd", "flows"];
const all = [
  ...documents,
  ...documents.filter(([name]) => windows.includes(name)).map(([name, text]): [string, string] => [`${name}, \\r\\n`, text.replace(/\r?\n/g, "\r\n")]),
];

const texts = [
  "Plain words", "", " room ", "yes", "007", "12.50", "2025-01-31", "a: b", "a #b", "{{ .x }}", "- x", "It's \"quoted\" \\ here", "Имя, фамилия",
  "tab\there", "[x], {y}", "two\nlines", "SELECT 1\n\nFROM t -- : #\n", "  indented\nthen", "null", "~", "*a", "&b", "!c", "%d", "`e`", "@f", "=", "end:", "x\u2028y", "1e3", "0x1F", "a\r\nb".replace("\r", ""),
];

type Front = Record<string, unknown> & { form?: Record<string, unknown>[] };
const plain = { schema: "failsafe" } as const;
const read = (text: string): Front => {
  const { front } = parseDocument(text);
  return parse(text.slice(front!.from, front!.to).replace(/\r\n/g, "\n"), plain) as Front;
};
const comments = (text: string) => parseDocument(text).front && [...text.slice(0, parseDocument(text).front!.to).matchAll(/(?<=^|\s)# [a-z][a-z ]*$/gm)].map(([one]) => one);

/** Does an operation, checks that nothing else changed, and returns what the front matter means then. */
function done(text: string, ...operations: Operation[]): { after: string; front: Front } {
  const edits = changeFront(text, operations);
  expect(edits, JSON.stringify(operations)).toBeDefined();
  const after = apply(text, edits!);
  const [before, now] = [parseDocument(text), parseDocument(after)];
  expect(after.slice(now.front!.to)).toBe(text.slice(before.front!.to));
  expect(after.slice(0, now.front!.from)).toBe(text.slice(0, before.front!.from));
  if (text.includes("\r\n")) expect(after).not.toMatch(/[^\r]\n/);
  else expect(after).not.toContain("\r");
  return { after, front: read(after) };
}

describe.each(all)("%s", (called, text) => {
  const few = called.startsWith("library") ? 5 : 1; // of the texts are tried for each key
  const before = read(text);
  const count = before.form?.length ?? 0;
  const fields = Array.from({ length: count }, (__, at) => at);

  it("takes any text for any key of any field", () => {
    for (const at of fields) {
      for (const key of ["label", "help", "pattern", "show_if", "name"]) {
        for (const value of texts.filter((__, number) => (number + at) % (key === "label" ? few : 7) === 0)) {
          const { after, front } = done(text, { do: "set", path: ["form", at, key], value });
          const form = structuredClone(before.form!);
          expect(String(front.form![at]![key]).replace(/\n$/, "")).toBe(value.replace(/\n$/, ""));
          form[at]![key] = front.form![at]![key];
          expect(front).toEqual({ ...before, form });
          expect(comments(after)).toEqual(comments(text));
        }
      }
    }
  });

  it("takes and gives up whatever a field may have, and is as before", () => {
    const parts: [string, Operation & { do: "set" }][] = [
      ["required", { do: "set", path: [], value: true }],
      ["min", { do: "set", path: [], value: new Plain("10") }],
      ["default", { do: "set", path: [], value: { from: "today-30d", to: "today" } }],
      ["options", { do: "set", path: [], value: { sql: "SELECT a AS value\nFROM t\nWHERE b = {{ .c }}" } }],
      ["options", { do: "set", path: [], value: [{ value: "a", label: "A, b" }, { value: "b", sql: "x\ny" }] }],
    ];
    for (const at of fields) {
      for (const [key, operation] of parts) {
        if (key in before.form![at]!) continue;
        const { after, front } = done(text, { ...operation, path: ["form", at, key] });
        expect(JSON.stringify(front.form![at]![key])).toBe(JSON.stringify(JSON.parse(JSON.stringify(operation.value), (__, one: unknown) =>
          typeof one === "boolean" ? String(one) : typeof one === "object" && one !== null && "text" in one ? one.text : one)));
        expect(done(after, { do: "remove", path: ["form", at, key] }).after).toBe(text);
      }
    }
  });

  it("loses a key and nothing else", () => {
    for (const at of fields) {
      for (const key of Object.keys(before.form![at]!)) {
        const { front } = done(text, { do: "remove", path: ["form", at, key] });
        const form = structuredClone(before.form!);
        delete form[at]![key];
        expect(front).toEqual({ ...before, form });
      }
    }
  });

  it("has its fields moved, with their comments, and back", () => {
    for (const from of fields) {
      for (const to of fields) {
        const { after, front } = done(text, { do: "move", path: ["form"], from, to });
        const form = structuredClone(before.form!);
        form.splice(to, 0, ...form.splice(from, 1));
        expect(front).toEqual({ ...before, form });
        expect(comments(after)!.sort()).toEqual(comments(text)!.sort());
        if (!after.includes("# the ")) expect(done(after, { do: "move", path: ["form"], from: to, to: from }).after.replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
      }
    }
  });

  it("gets a field anywhere, and loses it again", () => {
    const value = { name: "fresh", type: "input", kind: "daterange", default: { from: "today-7d", to: "today" } };
    for (let at = 0; at <= count; at++) {
      const { after, front } = done(text, { do: "insert", path: ["form"], at, value, block: true });
      const form = structuredClone(before.form ?? []);
      form.splice(at, 0, value);
      expect(front).toEqual({ ...before, form });
      if (count > 0) expect(done(after, { do: "remove", path: ["form", at] }).front).toEqual(before);
    }
    for (const at of fields) {
      expect(done(text, { do: "remove", path: ["form", at] }).front).toEqual({ ...before, form: before.form!.filter((__, other) => other !== at) });
    }
  });

  it("has options added, changed, moved and removed", () => {
    for (const at of fields) {
      const options = before.form![at]!.options;
      if (!Array.isArray(options)) continue;
      const path = ["form", at, "options"];
      const changed = (front: Front) => front.form![at]!.options;
      expect(changed(done(text, { do: "insert", path, at: options.length, value: { value: "z", label: "Z: z" } }).front)).toEqual([...options, { value: "z", label: "Z: z" }]);
      expect(changed(done(text, { do: "insert", path, at: 0, value: "z" }).front)).toEqual(["z", ...options]);
      expect(changed(done(text, { do: "move", path, from: 0, to: options.length - 1 }).front)).toEqual([...options.slice(1), options[0]]);
      options.forEach((option: unknown, index) => {
        expect(changed(done(text, { do: "remove", path: [...path, index] }).front)).toEqual(options.filter((__, other) => other !== index));
        if (typeof option === "string") {
          expect(changed(done(text, { do: "set", path: [...path, index], value: { value: option, label: "L" } }).front)).toEqual(options.with(index, { value: option, label: "L" }));
          return;
        }
        for (const value of texts.filter((one, number) => !one.includes("\n") && (number + index) % few === 0)) {
          expect(changed(done(text, { do: "set", path: [...path, index, "label"], value }).front)).toEqual(options.with(index, { ...(option as object), label: value }));
        }
      });
    }
  });

  it("has its settings changed", () => {
    for (const value of texts.filter((one, number) => one !== "" && number % few === 0)) {
      for (const key of ["title", "description", "source", "timezone"]) {
        const { front } = done(text, { do: "set", path: [key], value });
        expect({ ...front, [key]: "" }).toEqual({ ...before, [key]: "" });
        expect(String(front[key]).trimEnd()).toBe(value.trimEnd());
      }
    }
    expect(done(text, { do: "set", path: ["tags"], value: ["one", "two, three"] }).front).toEqual({ ...before, tags: ["one", "two, three"] });
    const exported = { cells: ["q"], format: "xlsx", filename: "q {{ .x }}" };
    const has = (before.exports as unknown[] | undefined) ?? [];
    const { after, front } = done(text, { do: "insert", path: ["exports"], at: has.length, value: exported });
    expect(front).toEqual({ ...before, exports: [...has, exported] });
    expect(done(after, { do: "set", path: ["exports", has.length, "bom"], value: true }).front).toEqual({ ...before, exports: [...has, { ...exported, bom: "true" }] });
  });
});

describe("front matter", () => {
  it("is made where there is none", () => {
    for (const text of ["", "# Hello\n", "\uFEFF# Hello\r\n", "---\n---\n", "---\n# only words\n---\nText"]) {
      const after = apply(text, changeFront(text, [{ do: "set", path: ["title"], value: "T" }, { do: "insert", path: ["form"], at: 0, value: { name: "a", type: "input" }, block: true }])!);
      expect(read(after)).toEqual({ title: "T", form: [{ name: "a", type: "input" }] });
      expect(after.replace(/---[\s\S]*---\r?\n/, "")).toBe(text.replace(/---[\s\S]*---\n/, ""));
    }
  });

  it("is written as a person would", () => {
    const text = "---\ntitle: T\nexports: []\n---\n";
    const value = { name: "a", label: "One, two", type: "select", options: { sql: "SELECT 1 AS value" } };
    expect(apply(text, changeFront(text, [{ do: "insert", path: ["form"], at: 0, value, block: true }, { do: "set", path: ["form", 0, "required"], value: true }])!)).toBe(
      "---\ntitle: T\nform:\n  - name: a\n    label: One, two\n    type: select\n    required: true\n    options:\n      sql: SELECT 1 AS value\nexports: []\n---\n",
    );
  });

  it("keeps quotes that somebody chose, not those that only the old text needed", () => {
    const text = (value: string, title: string) => `---\ntitle: ${title}\nform:\n  - {name: a, type: select, options: [{value: ${value}}]}\n---\n`;
    const after = (value: string, title: string, to: string) =>
      apply(text(value, title), changeFront(text(value, title), [{ do: "set", path: ["form", 0, "options", 0, "value"], value: to }, { do: "set", path: ["title"], value: to }])!);
    expect(after('"1"', "'a: b'", "plastic")).toBe(text("plastic", "plastic"));
    expect(after('"1"', "'a: b'", "2")).toBe(text('"2"', "'2'"));
    expect(after("'card'", '"Cards"', "plastic")).toBe(text("'plastic'", '"plastic"'));
  });

  it("that does not parse, or says one thing in two places, is left to the person", () => {
    for (const text of ["---\ntitle: [\n---\n", "---\n- a\n---\n", "---\ntitle: a\ntitle: b\n---\n", "---\nform: &f [{name: a}]\nx: *f\n---\n"]) {
      expect(changeFront(text, [{ do: "set", path: ["form", 0, "label"], value: "x" }])).toBeUndefined();
    }
  });

  it("is read with digits as they are written", () => {
    const fields = fieldsOf(frontOf(parseDocument(odd)));
    expect(fields.map(({ name, min }) => [name, min])).toEqual([["partner", ""], ["n", "007"], ["columns", ""], ["last", ""]]);
    expect(fields[2]!.options).toEqual({ given: [{ value: "x", label: "", sql: "a, b", bare: false }, { value: "y", label: "two words", sql: "y", bare: false }] });
  });

  it("of the tests has what can go wrong", () => {
    const { front } = parseDocument(odd);
    const doc = parseYaml(odd.slice(front!.from, front!.to));
    expect(isMap(doc.contents) && isSeq(doc.contents.get("form"))).toBe(true);
    expect(comments(odd)).toHaveLength(9);
  });
});
