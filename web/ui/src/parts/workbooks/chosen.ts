/** As large as a workbook can be. */
const largest = 20 * 1024 * 1024;

const longestName = 100; // characters
const longestNameBytes = 240; // in UTF-8

export type Mistake = "kind" | "closed" | "large" | "unread";

const begins = (bytes: Uint8Array, magic: number[]) => magic.every((byte, at) => bytes[at] === byte);

/** What is wrong with a file that is to be a workbook; `closed` is one with a password, or of an old Excel, `unread` is gone or kept from us. */
export async function mistakeOf(file: File): Promise<Mistake | undefined> {
  if (!/.\.xlsx$/i.test(file.name)) return "kind";
  if (file.size > largest) return "large";
  const head = await file.slice(0, 8).arrayBuffer().then((bytes) => new Uint8Array(bytes), () => undefined);
  if (head === undefined) return "unread";
  if (begins(head, [0xd0, 0xcf, 0x11, 0xe0])) return "closed";
  return begins(head, [0x50, 0x4b, 0x03, 0x04]) ? undefined : "kind";
}

const parts = (name: string) => ({ stem: name.slice(0, -".xlsx".length), end: name.slice(-".xlsx".length) });

/** A stem that leaves room for an end of one-byte characters. */
function shortened(stem: string, end: string): string {
  let left = longestNameBytes - end.length;
  const letters = Array.from(stem).slice(0, longestName - end.length);
  const over = letters.findIndex((letter) => (left -= new TextEncoder().encode(letter).length) < 0);
  return (over < 0 ? letters : letters.slice(0, over)).join("").trim();
}

/** The name that a file can be kept under: file names differ between systems. */
export function keptName(name: string): string {
  const { stem, end } = parts(name.normalize("NFC"));
  const plain = stem.replace(/[/\\:*?"<>|]|\p{C}/gu, " ").replace(/\s+/g, " ").replace(/^[.~\s]+/, "").trim();
  return shortened(plain === "" ? "workbook" : plain, end) + end;
}

/** A name like this one that none of the others has: a number goes behind it. */
export function freeName(name: string, others: string[]): string {
  const taken = new Set(others.map((other) => other.toLowerCase()));
  const { stem, end } = parts(name);
  for (let number = 2; ; number++) {
    const numbered = ` ${number}${end}`;
    const free = shortened(stem, numbered) + numbered;
    if (!taken.has(free.toLowerCase())) return free;
  }
}
