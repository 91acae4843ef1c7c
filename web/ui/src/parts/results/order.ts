import type { Cell, RowOrder } from "../../api/runs";
import { type Kind, textOf } from "./kinds";

const numeral = /^([+-]?)0*(\d*)\.?(\d*?)0*$/;

/** Compares two decimal numerals of any length without losing a digit. */
export function compareNumerals(a: string, b: string): number {
  const [, signA = "", wholeA = "", restA = ""] = numeral.exec(a) ?? [];
  const [, signB = "", wholeB = "", restB = ""] = numeral.exec(b) ?? [];
  const zeroA = wholeA === "" && restA === "";
  const zeroB = wholeB === "" && restB === "";
  const negativeA = signA === "-" && !zeroA;
  const negativeB = signB === "-" && !zeroB;
  if (negativeA !== negativeB) return negativeA ? -1 : 1;
  const size = wholeA.length - wholeB.length || compareTexts(wholeA, wholeB) || compareTexts(restA, restB);
  return negativeA ? -size : size;
}

/** By code points, as databases compare the bytes of UTF-8. */
export function compareTexts(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) {
    const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Halves of a pair stand for code points beyond all others. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

function compareMoments(a: string, b: string): number {
  return Date.parse(a) - Date.parse(b) || compareTexts(fraction(a), fraction(b));
}

function fraction(moment: string): string {
  return /\.(\d+)/.exec(moment)?.[1] ?? "";
}

function compareValues(a: Cell, b: Cell, kind: Kind): number {
  switch (kind) {
    case "integer":
    case "decimal":
      return compareNumerals(textOf(a), textOf(b));
    case "float":
      return float(a) < float(b) ? -1 : float(a) > float(b) ? 1 : 0;
    case "boolean":
      return Number(a === true) - Number(b === true);
    case "moment":
      return compareMoments(textOf(a), textOf(b));
    default:
      return compareTexts(textOf(a), textOf(b));
  }
}

function float(value: Cell): number {
  const text = textOf(value).toLowerCase();
  return text.endsWith("inf") ? (text.startsWith("-") ? -Infinity : Infinity) : Number(text);
}

const isNaNValue = (value: Cell, kind: Kind) => kind === "float" && Number.isNaN(float(value));

/** Behind all values come nan and then NULL, whichever way is sorted. */
function place(value: Cell, kind: Kind): number {
  if (value === null || value === undefined) return 2;
  return isNaNValue(value, kind) ? 1 : 0;
}

/** The rows in the order of a column, those with the same value as they came. */
export function inOrder(rows: Cell[][], { column, descending }: RowOrder, kind: Kind): Cell[][] {
  const direction = descending ? -1 : 1;
  return [...rows].sort((left, right) => {
    const [a, b] = [left[column], right[column]];
    const [placeA, placeB] = [place(a, kind), place(b, kind)];
    if (placeA !== placeB || placeA > 0) return placeA - placeB;
    return direction * compareValues(a, b, kind);
  });
}
