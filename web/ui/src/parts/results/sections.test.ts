import { describe, expect, it } from "vitest";

import type { RunChart, RunPart } from "../../api/runs";
import { sections } from "./sections";

const text = (text: string, constant = false): RunPart => ({ kind: "text", name: "", text, constant });
const table = (name: string): RunPart => ({ kind: "table", name, text: "", constant: false });
const chart = (name: string): RunPart => ({ kind: "chart", name, text: "", constant: false });

const drawn = (name: string): RunChart => ({ name, title: name, kind: "bar", x: "x", points: [], series: [] });

/** The sections of a result whose tables are a, b and c and whose charts are y and z, one a line. */
function told(parts: RunPart[], { belowForm = true, tables = ["a", "b", "c"], whole = "" } = {}): string[] {
  const shown = { parts, text: whole, tables: tables.map((name) => ({ name })), charts: ["y", "z"].map(drawn) };
  return sections(shown, belowForm).map((section) => {
    if (section.kind === "text") return section.text.trim().replace(/\n{2,}/g, "\n\n");
    const names = section.kind === "tables" ? section.tables : section.charts;
    return `${section.titled ? "titled " : ""}${section.kind}: ${names.map(({ name }) => name).join(" ")}`;
  });
}

describe("the sections of a result", () => {
  it("keep the order of the document and bring together what follows each other", () => {
    const parts = [text("Cards.\n\n## Days\n"), table("a"), chart("y"), chart("z"), text("\nMore.\n"), table("b"), table("c"), text("End.")];
    expect(told(parts)).toEqual(["Cards.\n\n## Days", "titled tables: a", "charts: y z", "More.", "tables: b c", "End."]);
  });

  it("are the text, the charts and the tables of a run that was made before there were parts", () => {
    expect(told([], { whole: "# All" })).toEqual(["# All", "titled charts: y z", "tables: a b c"]);
    expect(told([], { tables: [] })).toEqual(["charts: y z"]);
  });

  it("do not repeat what stands above the form", () => {
    const parts = [text("# About\n\nAll of it.\n\n", true), text("Of Acme.\n\n"), text("As ever.\n\n", true), text("3 cards.\n"), table("a")];
    expect(told(parts)).toEqual(["Of Acme.\n\n3 cards.", "tables: a"]);
    expect(told(parts, { belowForm: false })[0]).toBe("# About\n\nAll of it.\n\nOf Acme.\n\nAs ever.\n\n3 cards.");
    expect(told([text("About.", true), table("a")])).toEqual(["tables: a"]);
  });

  it("leave out headings of what is not shown, and those alone", () => {
    const parts = [text("# Cards\n\n## First\n"), table("a"), text("### More\n\n"), table("b"), text("## Second\n\n"), table("c"), text("## Last\n\n### Least")];
    expect(told(parts)).toEqual(["# Cards\n\n## First", "titled tables: a", "### More", "titled tables: b", "## Second", "titled tables: c"]);
    expect(told(parts, { tables: ["c"] })).toEqual(["# Cards\n\n## Second", "titled tables: c"]);
    expect(told(parts, { tables: [] })).toEqual([]);
    expect(told([text("## A\n"), table("a"), text("Of it.")], { tables: [] })).toEqual(["## A\n\nOf it."]);
  });

  it("take no other line for a heading", () => {
    expect(told([text("#1 of all\n"), table("a")])).toEqual(["#1 of all", "tables: a"]);
    expect(told([text("## A\nof something\n"), table("a"), text("# B\n\nb")], { tables: [] })).toEqual(["## A\nof something\n\n# B\n\nb"]);
  });
});
