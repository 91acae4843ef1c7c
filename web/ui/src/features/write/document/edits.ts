import type { Edit } from "./types";

function inOrder(edits: Edit[]): Edit[] {
  return [...edits].sort((a, b) => a.from - b.from || a.to - b.to);
}

/** The text after edits. */
export function apply(text: string, edits: Edit[]): string {
  let result = "";
  let at = 0;
  for (const edit of inOrder(edits)) {
    result += text.slice(at, edit.from) + edit.insert;
    at = edit.to;
  }
  return result + text.slice(at);
}

/** The edits that lead back, for the text after the edits. */
export function invert(text: string, edits: Edit[]): Edit[] {
  let shift = 0;
  return inOrder(edits).map((edit) => {
    const from = edit.from + shift;
    shift += edit.insert.length - (edit.to - edit.from);
    return { from, to: from + edit.insert.length, insert: text.slice(edit.from, edit.to) };
  });
}

/** Where a place is after edits. One that was removed moves to where it was. With `after`, it stays behind what is put in at it. */
export function mapPlace(place: number, edits: Edit[], after = false): number {
  let shift = 0;
  for (const edit of inOrder(edits)) {
    if (edit.from > place || (edit.from === place && !after)) break;
    if (edit.to > place) return edit.from + shift + (after ? edit.insert.length : 0);
    shift += edit.insert.length - (edit.to - edit.from);
  }
  return place + shift;
}

/** The one smallest edit that makes a text of another; none when they are the same. */
export function difference(before: string, after: string): Edit[] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let end = 0;
  while (end < shorter - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end++;
  return [{ from: start, to: before.length - end, insert: after.slice(start, after.length - end) }];
}
