import type { DocumentProblem } from "../../../api/documents";
import type { DocumentModel } from "../document";

/** A problem within a block, in lines of what its editor shows; line 0 is the fence line. */
export interface PlacedProblem {
  line: number;
  column?: number;
  message: string;
}

/** Problems by the index of their block. Those of snippets and of lines that no block has are under -1. */
export type Placed = Map<number, PlacedProblem[]>;

/** The lines that each block begins on and its editor shows first, from 1. */
export function blockLines(model: DocumentModel): { from: number; editor: number; to: number }[] {
  let line = 1;
  return model.blocks.map((block) => {
    const from = line;
    for (let at = model.text.indexOf("\n", block.from); at >= 0 && at < block.to; at = model.text.indexOf("\n", at + 1)) line++;
    const shown = block.kind === "text" ? from + blankBefore(model.text.slice(block.from, block.to)) : from + 1;
    return { from, editor: block.cell?.line ?? shown, to: line };
  });
}

function blankBefore(text: string): number {
  return /^([ \t]*\r?\n)*/.exec(text)![0].split("\n").length - 1;
}

/** The block that a line is in: the last that begins on it or before. */
export function blockAt(model: DocumentModel, line: number): number {
  const lines = blockLines(model);
  for (let index = lines.length - 1; index >= 0; index--) {
    if (lines[index]!.from <= line) return index;
  }
  return -1;
}

export function placeProblems(model: DocumentModel, problems: DocumentProblem[], file?: string): Placed {
  const lines = blockLines(model);
  const placed: Placed = new Map();
  for (const problem of problems) {
    const own = file === undefined || problem.file === file;
    const index = own ? lines.findLastIndex(({ from }) => from <= problem.line) : -1;
    const line = index < 0 ? problem.line : Math.max(0, problem.line - lines[index]!.editor + 1);
    placed.set(index, [...(placed.get(index) ?? []), { line, column: line === 0 ? undefined : problem.column, message: problem.message }]);
  }
  return placed;
}
