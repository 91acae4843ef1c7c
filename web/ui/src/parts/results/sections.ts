import type { RunChart, RunPart } from "../../api/runs";

/** What stands together below what came before. Titled is what a heading of the text stands right above. */
export type Section<Table> =
  | { kind: "text"; text: string }
  | { kind: "tables"; tables: Table[]; titled: boolean }
  | { kind: "charts"; charts: RunChart[]; titled: boolean };

interface Shown<Table> {
  parts: RunPart[];
  text: string;
  /** Those whose rows can be looked at now. */
  tables: Table[];
  charts: RunChart[];
}

type Piece<Table> = { kind: "text"; text: string } | { kind: "table"; table: Table } | { kind: "chart"; chart: RunChart };

/**
 * A result in the order of the report: tables that follow each other stand together, and so do charts. Without parts, as with earlier
 * runs, it is the text, all charts and all tables. Where the form stands above with the report's opening, what is constant is not repeated.
 */
export function sections<Table extends { name: string }>(shown: Shown<Table>, belowForm: boolean): Section<Table>[] {
  return grouped(withoutBareHeadings(pieces(shown, belowForm)));
}

function pieces<Table extends { name: string }>({ parts, text, tables, charts }: Shown<Table>, belowForm: boolean): Piece<Table>[] {
  if (parts.length === 0) {
    return [
      ...(text.trim() === "" ? [] : [{ kind: "text" as const, text }]),
      ...charts.map((chart) => ({ kind: "chart" as const, chart })),
      ...tables.map((table) => ({ kind: "table" as const, table })),
    ];
  }
  return parts.flatMap((part): Piece<Table>[] => {
    if (part.kind === "text") return part.text.trim() === "" || (part.constant && belowForm) ? [] : [{ kind: "text", text: part.text }];
    if (part.kind === "chart") return charts.filter(({ name }) => name === part.name).map((chart) => ({ kind: "chart", chart }));
    return tables.filter(({ name }) => name === part.name).map((table) => ({ kind: "table", table }));
  });
}

const lastHeading = /(?:^|\n)(#{1,6})(?:[ \t][^\n]*)?\s*$/;
const firstHeading = /^\s*(#{1,6})\s/;

/** Leaves out headings that have nothing under them, because what stood there is not shown. */
function withoutBareHeadings<Table>(all: Piece<Table>[]): Piece<Table>[] {
  const kept: Piece<Table>[] = [];
  for (const piece of all.toReversed()) {
    const last = piece.kind === "text" ? { ...piece, text: endedBefore(piece.text, kept[0]) } : piece;
    if (last.kind !== "text" || last.text.trim() !== "") kept.unshift(last);
  }
  return kept;
}

function endedBefore<Table>(text: string, next: Piece<Table> | undefined): string {
  if (next !== undefined && next.kind !== "text") return text;
  const level = next === undefined ? 0 : (firstHeading.exec(next.text)?.[1]?.length ?? Infinity);
  for (let left = text; ; ) {
    const heading = lastHeading.exec(left);
    if (heading === null || heading[1]!.length < level) return left;
    left = left.slice(0, heading.index);
  }
}

function grouped<Table>(all: Piece<Table>[]): Section<Table>[] {
  const found: Section<Table>[] = [];
  for (const piece of all) {
    const last = found.at(-1);
    const titled = last?.kind === "text" && lastHeading.test(last.text);
    if (piece.kind === "text") {
      if (last?.kind === "text") last.text += `\n\n${piece.text}`;
      else found.push({ ...piece });
    } else if (piece.kind === "table") {
      if (last?.kind === "tables") last.tables.push(piece.table);
      else found.push({ kind: "tables", tables: [piece.table], titled });
    } else if (last?.kind === "charts") last.charts.push(piece.chart);
    else found.push({ kind: "charts", charts: [piece.chart], titled });
  }
  return found;
}
