import { describe, expect, it } from "vitest";

import { ProblemError } from "../../api/client";
import type { Snippet } from "../../api/snippets";
import { aboutOf, byFile, current, refusalOf } from "./saving";

const kept: Snippet = {
  name: "active", sql: "a = 1", revision: 3, author: "", author_name: "", message: "", updated: "2026-01-01T00:00:00Z", deleted: null, provisioned: "",
};
const problem = (file: string, message: string) => ({ file, line: 2, column: 1, message });
const refused = (extra: object) =>
  new ProblemError({ type: "about:blank", title: "", status: 422, code: "invalid", detail: "No.", request_id: "1", ...extra });

describe("what is on the page", () => {
  it("is what is kept until something is written", () => {
    expect(current(kept, undefined)).toEqual({ sql: "a = 1", base: 3, dirty: false, behind: false });
    expect(current(null, undefined)).toEqual({ sql: "", base: 0, dirty: false, behind: false });
  });

  it("is what was written, which falls behind when somebody saves", () => {
    const editing = { sql: "a = 2", base: 3 };
    expect(current(kept, editing)).toMatchObject({ sql: "a = 2", dirty: true, behind: false });
    expect(current({ ...kept, revision: 4, sql: "a = 9" }, editing)).toMatchObject({ sql: "a = 2", base: 3, dirty: true, behind: true });
  });

  it("follows the kept one when somebody saved the very same", () => {
    expect(current({ ...kept, revision: 4, sql: "a = 2" }, { sql: "a = 2", base: 3 })).toMatchObject({ base: 4, dirty: false, behind: false });
  });

  it("begins anew for a deleted snippet", () => {
    expect(current({ ...kept, deleted: "2026-02-01T00:00:00Z" }, undefined)).toMatchObject({ sql: "", base: 0 });
  });
});

describe("why it was not saved", () => {
  it("somebody saved before", () => {
    expect(refusalOf(refused({ status: 409, code: "conflict", conflict: { base: 3, current: 4 } }), "active")).toEqual({ kind: "conflict" });
  });

  it("reports would have problems, also those one may not see", () => {
    const broken = refusalOf(refused({ problems: [problem("fees.md", "the field x does not exist")] }), "active");
    expect(broken).toMatchObject({ kind: "breaks", reports: [{ file: "fees.md" }] });
    const hidden = refusalOf(refused({ problems: [problem("active.sql", "2 reports not shared with you would have problems with it")] }), "active");
    expect(hidden.kind).toBe("breaks");
  });

  it("it does not parse, which nothing forces", () => {
    const wrong = refusalOf(refused({ problems: [problem("active.sql", "the template does not parse: missing end")] }), "active");
    expect(wrong).toMatchObject({ kind: "wrong", own: [{ line: 2 }] });
  });

  it("for another reason, which is told as it is", () => {
    const error = refused({ code: "forbidden", status: 403 });
    expect(refusalOf(error, "active")).toEqual({ kind: "other", error });
    expect(refusalOf(new TypeError("fetch"), "active").kind).toBe("other");
  });
});

it("groups problems by file", () => {
  const [a, b, c] = [problem("a.md", "1"), problem("b.md", "2"), problem("a.md", "3")];
  expect(byFile([a, b, c])).toEqual([["a.md", [a, c]], ["b.md", [b]]]);
});

it("tells what a snippet is for", () => {
  expect(aboutOf("-- Who opened the app.\n-- Needs period.\nSELECT 1 -- one")).toBe("Who opened the app. Needs period.");
  expect(aboutOf("SELECT 1")).toBe("");
});
