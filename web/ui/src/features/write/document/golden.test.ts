import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

import { parseDocument } from ".";

const reports = resolve(import.meta.dirname, "../../../../../../reports");
const folder = join(reports, "testdata/outline");

interface Outline {
  file: string;
  rejected?: boolean;
  front: [number, number];
  body: number;
  cells: { kind: string; name: string; source?: string; whole: number[]; body: number[]; line: number; closed: boolean }[];
}

/** Offsets of bytes, as the service counts, of places in UTF-16. */
function bytesAt(text: string): (place: number) => number {
  const encoder = new TextEncoder();
  return (place) => encoder.encode(text.slice(0, place)).length;
}

const outlines = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => [name, JSON.parse(readFileSync(join(folder, name), "utf8")) as Outline] as const);

describe("a document is read as the service reads it", () => {
  it.each(outlines)("%s", (_, outline) => {
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(readFileSync(join(reports, outline.file)));
    const model = parseDocument(text);
    expect(model.blocks.map((block) => text.slice(block.from, block.to)).join("")).toBe(text);
    if (outline.rejected) return;
    const bytes = bytesAt(text);
    const source = (cell: { kind: string; attributes: Record<string, string> }) => (cell.kind === "sql" ? cell.attributes.source : undefined);
    expect({
      front: [bytes(model.front!.from), bytes(model.front!.to)],
      cells: model.blocks.flatMap(({ from, to, cell }) =>
        cell === undefined
          ? []
          : [
              {
                kind: cell.kind,
                name: cell.name,
                source: source(cell) || undefined,
                whole: [bytes(from), bytes(to)],
                body: [bytes(cell.body.from), bytes(cell.body.to)],
                line: cell.line,
                closed: cell.closed,
              },
            ],
      ),
    }).toEqual({ front: outline.front, cells: outline.cells.map((cell) => ({ ...cell, source: cell.source || undefined })) });
  });

  it("has documents to compare", () => {
    expect(outlines.length).toBeGreaterThan(20);
  });
});
