import type { Cell, Column } from "../../api/runs";
import { isNumber, kindOf, shownText } from "./kinds";

export const narrowest = 56;
const widest = 360;
const perSign = 7.6;
const around = 26;
const forSign = 18; // of the sorting

/** A first guess of how wide columns have to be, from their names and the first rows. People may change it. */
export function guessWidths(columns: Column[], rows: Cell[][]): number[] {
  const some = rows.slice(0, 60);
  return columns.map((column, at) => {
    const kind = kindOf(column.type);
    const longest = some.reduce((most, row) => Math.max(most, signs(shownText(row[at], kind))), 4);
    const wanted = Math.max(longest * perSign + around, column.name.length * (perSign + 0.4) + around + forSign);
    return Math.round(Math.min(Math.max(wanted, narrowest), isNumber(kind) ? 420 : widest));
  });
}

/** Wide signs of East Asian scripts count twice. */
function signs(text: string): number {
  const wide = text.slice(0, 80).match(/[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uff00-\uff60]/g)?.length ?? 0;
  return Math.min(text.length, 80) + wide;
}
