import type { Cell, Column } from "../../api/runs";
import { isNumber, kindOf, shownText } from "./kinds";

export const narrowest = 56;
const widest = 360;
const around = 26;
const forSign = 18; // of the sorting

/** A first guess of how wide columns have to be, from their names and the first rows. People may change it. */
export function guessWidths(columns: Column[], rows: Cell[][], width = measure): number[] {
  const some = rows.slice(0, 60);
  return columns.map((column, at) => {
    const kind = kindOf(column.type);
    const texts = some.map((row) => shownText(row[at], kind).slice(0, 80));
    const longest = texts.reduce((most, text) => (signs(text) > signs(most) ? text : most), "");
    const value = isNumber(kind) ? width("0".repeat(longest.length), false) : width(longest, false);
    const wanted = Math.max(value, width(column.name, true) + forSign) + around;
    return Math.ceil(Math.min(Math.max(wanted, narrowest), isNumber(kind) ? 460 : widest));
  });
}

/** Wide signs of East Asian scripts count twice. */
function signs(text: string): number {
  return text.length + (text.match(/[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uff00-\uff60]/g)?.length ?? 0);
}

let canvas: CanvasRenderingContext2D | null | undefined;

/** How wide a text is in the table's letters, in pixels. */
function measure(text: string, bold: boolean): number {
  canvas ??= document.createElement("canvas").getContext("2d");
  if (canvas === null) return text.length * 8.4;
  canvas.font = `${bold ? "600 " : ""}14px ${getComputedStyle(document.body).fontFamily}`;
  return canvas.measureText(text).width;
}
