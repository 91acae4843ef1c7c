import type { Extent } from "./types";

export interface Word extends Extent {
  text: string;
}

// What Go calls a space; \s of JavaScript takes U+FEFF too and leaves U+0085 out.
const space = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** The words of a fence line. Spaces between quotes do not part them. */
export function infoWords(text: string, part: Extent): Word[] {
  const words: Word[] = [];
  let start = -1;
  let quote = "";
  for (let at = part.from; at < part.to; at++) {
    const c = text[at]!;
    if (quote === "" && space.test(c)) {
      if (start >= 0) words.push({ from: start, to: at, text: text.slice(start, at) });
      start = -1;
      continue;
    }
    if (quote === "" && (c === '"' || c === "'")) quote = c;
    else if (quote === c) quote = "";
    if (start < 0) start = at;
  }
  if (start >= 0) words.push({ from: start, to: part.to, text: text.slice(start, part.to) });
  return words;
}

/** The words as they are without regard to quotes. */
export function plainWords(text: string): string[] {
  return text.split(new RegExp(`${space.source}+`)).filter((word) => word !== "");
}

export function unquote(text: string): string {
  const first = text[0];
  return text.length >= 2 && (first === '"' || first === "'") && text.endsWith(first) ? text.slice(1, -1) : text;
}
