import { describe, expect, it } from "vitest";

import { apply, insertText, parseDocument, renameCell } from "../document";
import { blockKeys, shownBlocks } from "./keys";
import { settingsOf } from "./settings";
import { slugOf } from "./slug";

const text = "---\ntitle: 'A: b'\nsource: billing\n---\n# One\n\n```sql a\nSELECT 1\n```\n\n\n```sql b\n```\n\nend\n";

describe("keys of blocks", () => {
  const keys = blockKeys(parseDocument(text));

  it("stay while somebody writes in a block", () => {
    const typed = parseDocument(text.replace("SELECT 1", "SELECT 1,\n2").replace("One", "Other"));
    expect(blockKeys(typed)).toEqual(keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("tell twins and nameless cells apart", () => {
    const twins = blockKeys(parseDocument("---\n---\n```sql a\n```\n```sql a\n```\n```sql\n```\nx\n```sql\n```\n"));
    expect(new Set(twins).size).toBe(twins.length);
  });

  it("leave blank lines out of what is shown", () => {
    expect(shownBlocks(parseDocument(text)).map(({ key }) => key)).toEqual(["front", "text after start", "cell a", "cell b", "text after cell b"]);
  });

  it("change only with the cell that is renamed", () => {
    const model = parseDocument(text);
    const renamed = blockKeys(parseDocument(apply(text, renameCell(model, model.cells[1]!, "c"))));
    expect(renamed.filter((key) => !keys.includes(key))).toEqual(["cell c", "text after cell c"]);
    expect(insertText(model, 99, "x")).toHaveLength(1);
  });
});

describe("what the page shows of the settings", () => {
  it("is title and source, and nothing of what is half-written", () => {
    expect(settingsOf(parseDocument(text))).toEqual({ title: "A: b", source: "billing" });
    expect(settingsOf(parseDocument("---\ntitle: [a\n---\n")).source).toBe("");
    expect(settingsOf(parseDocument("no front"))).toEqual({ title: "", source: "" });
  });
});

describe("the address of a report", () => {
  it("is made as the service makes it", () => {
    expect(slugOf("Карты партнёра, 2025!")).toBe("karty-partnera-2025");
    expect(slugOf("Café  déjà vu")).toBe("cafe-deja-vu");
    expect(slugOf("日本")).toBe("");
  });
});
