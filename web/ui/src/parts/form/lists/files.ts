/** Files of a list are read in the browser. Larger ones than this do not go into a request. */
export const largestFile = 48 * 1024 * 1024;

/** Text of a file: UTF-8 or UTF-16 with its mark, and otherwise what Excel writes where that is the language. */
export function decode(bytes: Uint8Array, language: string): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(language === "ru" ? "windows-1251" : "windows-1252").decode(bytes);
  }
}

/** What parts the columns: the one of semicolon, tab and comma that the first line has most of; "" with a single column. */
export function separatorOf(text: string): string {
  const line = /^[^\n\r]*/.exec(text.slice(0, 100_000))?.[0].replace(/"(?:[^"]|"")*"/g, "") ?? "";
  const counts = [";", "\t", ","].map((one) => [one, line.split(one).length - 1] as const);
  const [most, count] = counts.reduce((best, one) => (one[1] > best[1] ? one : best));
  return count === 0 ? "" : most;
}

/** The rows of a CSV text, one after the other. */
export function* rowsOf(text: string, separator: string): Generator<string[]> {
  let row: string[] = [];
  let at = 0;
  const bare = new RegExp(`[${separator === "\t" ? "\\t" : separator}\\n\\r]`, "g");
  while (at <= text.length) {
    let cell: string;
    if (text[at] === '"') {
      const end = closing(text, at + 1);
      cell = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
      while (at < text.length && text[at] !== separator && text[at] !== "\n" && text[at] !== "\r") cell += text[at++];
    } else {
      bare.lastIndex = at;
      const end = bare.exec(text)?.index ?? text.length;
      cell = text.slice(at, end);
      at = end;
    }
    row.push(cell);
    if (text[at] === separator) {
      at++;
      continue;
    }
    if (row.length > 1 || row[0]!.trim() !== "") yield row;
    row = [];
    at += text[at] === "\r" && text[at + 1] === "\n" ? 2 : 1;
  }
}

function closing(text: string, from: number): number {
  for (let at = from; ; at += 2) {
    at = text.indexOf('"', at);
    if (at < 0) return text.length;
    if (text[at + 1] !== '"') return at;
  }
}

/** The first rows of a table, from which a person knows its columns. */
export interface Table {
  text: string;
  separator: string;
  head: string[][];
}

/** A file with several columns as a table; undefined when it is one column, which is a list as it stands. */
export function tableOf(text: string): Table | undefined {
  const bare = text.replace(/^\ufeff/, "");
  const separator = separatorOf(bare);
  if (separator === "" || !/[\n\r]/.test(bare.trim())) return undefined;
  const head: string[][] = [];
  for (const row of rowsOf(bare, separator)) {
    head.push(row);
    if (head.length === 6) break;
  }
  const regular = head.every((row) => row.length === head[0]!.length);
  return regular && head[0]!.length > 1 ? { text: bare, separator, head } : undefined;
}

/** Whether the first row names the columns: none of its cells has a digit, and a row below has. */
export function hasHeading(table: Table): boolean {
  const [first = [], ...others] = table.head;
  return first.every((cell) => !/\d/.test(cell)) && others.some((row) => row.some((cell) => /\d/.test(cell)));
}

const rowsAtOnce = 50_000;

/** The cells of one column. It pauses for the page now and then. */
export async function columnOf(table: Table, column: number, heading: boolean): Promise<string[]> {
  const cells: string[] = [];
  let number = 0;
  for (const row of rowsOf(table.text, table.separator)) {
    if (number++ === 0 && heading) continue;
    const cell = row[column]?.trim() ?? "";
    if (cell !== "") cells.push(cell);
    if (number % rowsAtOnce === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  return cells;
}
