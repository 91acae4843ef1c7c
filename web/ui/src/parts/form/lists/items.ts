/** Above so many items a list is no longer shown as text: the browser would be busy with laying it out. */
export const shownItems = 20_000;

/** A text that is longer than this is counted before it is shown. */
export const shownLength = 400_000;

const lineEnds = /[\n\r]/;
const anySeparators = "\n\r\t,;";
const lineSeparators = "\n\r\t";

/** What spreadsheets put around what is copied: a byte order mark, blank lines. */
const pasted = (text: string) => text.replace(/^\ufeff/, "").trim();

/** The item that begins at a place, and where the separator after it stands. An item in double quotes may hold separators. */
function itemAt(text: string, start: number, separators: string): { item: string; end: number } {
  const quote = /^ *"/.exec(text.slice(start, start + 64)) === null ? -1 : text.indexOf('"', start);
  if (quote >= 0) {
    const quoted = quotedAt(text, quote, separators);
    if (quoted !== undefined) return quoted;
  }
  let end = start;
  while (end < text.length && !separators.includes(text[end]!)) end++;
  return { item: text.slice(start, end), end };
}

function quotedAt(text: string, quote: number, separators: string): { item: string; end: number } | undefined {
  for (let at = quote + 1; ; at += 2) {
    at = text.indexOf('"', at);
    if (at < 0) return undefined;
    if (text[at + 1] === '"') continue;
    let end = at + 1;
    while (text[end] === " ") end++;
    if (end < text.length && !separators.includes(text[end]!)) return undefined;
    return { item: text.slice(quote + 1, at).replaceAll('""', '"'), end };
  }
}

/** Numbers stand apart at any separator; texts of more than one line at lines and tabs, so that a comma stays within its line. */
function separatorsOf(text: string, numbers: boolean): string {
  return numbers || !lineEnds.test(text) ? anySeparators : lineSeparators;
}

/** Calls each for every item of a pasted text that is not blank, as the service parts it. */
function eachItem(text: string, numbers: boolean, each: (item: string) => void): void {
  const rest = pasted(text);
  const separators = separatorsOf(rest, numbers);
  for (let at = 0; at < rest.length; ) {
    const { item, end } = itemAt(rest, at, separators);
    const trimmed = item.trim();
    if (trimmed !== "") each(trimmed);
    at = end + 1;
  }
}

export function itemsOf(text: string, numbers: boolean): string[] {
  const items: string[] = [];
  eachItem(text, numbers, (item) => items.push(item));
  return items;
}

export function countItems(text: string, numbers: boolean): number {
  let count = 0;
  eachItem(text, numbers, () => count++);
  return count;
}

/** Items as the text of a list, one in each line; those that would fall apart are put in quotes. */
export function textOf(items: readonly unknown[]): string {
  return items
    .map((one) => {
      const item = String(one);
      return /[\n\r\t,;]|^ *"/.test(item) ? `"${item.replaceAll('"', '""')}"` : item;
    })
    .join("\n");
}

/** What a list field holds, as text: what was typed, or the items of an earlier run. */
export function listText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return Array.isArray(value) ? textOf(value) : String(value);
}
