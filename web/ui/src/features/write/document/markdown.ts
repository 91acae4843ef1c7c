/** Enough of CommonMark's blocks to tell which fences stand at the left margin; it follows the parser of the service. */
import { htmlEnd } from "./html";

/** A fenced block that is in no list and in no quote. */
export interface Fence {
  /** From the opening line to the closing one, both with their line breaks. */
  from: number;
  to: number;
  /** The words after the opening marks. */
  info: { from: number; to: number };
  body: { from: number; to: number };
  closed: boolean;
}

interface Container {
  kind: "quote" | "item";
  /** How far what is inside of an item is indented, from the inside of what it is in. */
  offset: number;
  /** An item whose first line was blank holds nothing yet. */
  empty: boolean;
}

interface Marks {
  mark: string;
  length: number;
  depth: number;
  fence: Fence | undefined;
}

/** A place in a line, with the column that tabs make of it. */
interface Place {
  at: number;
  column: number;
}

const listMark = /^(?:[-+*]|(\d{1,9})[.)])(?=[ \t\r\n]|$)/;
const breakLine = /^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})[\r\n]*$/;
const underline = /^(?:=+|-+)[ \t\r\n]*$/;
const heading = /^#{1,6}(?:[ \t\r\n]|$)/;
const opening = /^(`{3,}|~{3,})([^\n]*)/;

class Scanner {
  readonly fences: Fence[] = [];
  private containers: Container[] = [];
  private marks: Marks | undefined;
  private html: { end: RegExp; depth: number } | undefined;
  private paragraph = false;

  constructor(
    private readonly text: string,
    private readonly end: number,
  ) {}

  scan(start: number): Fence[] {
    for (let at = start; at < this.end; ) {
      const newline = this.text.indexOf("\n", at);
      const next = newline < 0 || newline >= this.end ? this.end : newline + 1;
      this.line(at, next);
      at = next;
    }
    this.closeMarks(this.end, this.end, false);
    return this.fences;
  }

  private line(start: number, end: number): void {
    const place = { at: start, column: 0 };
    const blank = isBlank(this.text, start, end);
    const matched = this.match(place, end, blank);
    if (matched < this.containers.length) this.leave(matched, start);
    if (this.marks !== undefined) return this.insideFence(place, start, end);
    if (this.html !== undefined) {
      if (this.html.end.test(this.text.slice(place.at, end))) this.html = undefined;
      return;
    }
    if (blank) {
      this.paragraph = false;
      this.containers.length = matched;
      return;
    }
    this.open(place, start, end, matched);
  }

  /** How many of the open lists and quotes go on in this line; the place moves behind their marks. */
  private match(place: Place, end: number, blank: boolean): number {
    let matched = 0;
    for (const container of this.containers) {
      const inner = indentAt(this.text, place, end);
      if (container.kind === "quote") {
        if (inner.width > 3 || this.text[inner.at] !== ">") break;
        skipQuote(this.text, place, inner);
      } else if (blank) {
        if (container.empty) break;
      } else {
        if (inner.width < container.offset) break;
        advance(this.text, place, end, container.offset);
      }
      matched++;
    }
    return matched;
  }

  /** What stood in lists and quotes that do not go on ends there. A paragraph may go on without their marks. */
  private leave(matched: number, start: number): void {
    if (this.marks !== undefined && this.marks.depth > matched) this.closeMarks(start, start, false);
    if (this.html !== undefined && this.html.depth > matched) this.html = undefined;
  }

  private insideFence(place: Place, start: number, end: number): void {
    const marks = this.marks!;
    const inner = indentAt(this.text, place, end);
    if (inner.width > 3) return;
    let at = inner.at;
    while (at < end && this.text[at] === marks.mark) at++;
    if (at - inner.at >= marks.length && isBlank(this.text, at, end)) this.closeMarks(start, end, true);
  }

  private closeMarks(bodyEnd: number, end: number, closed: boolean): void {
    const fence = this.marks?.fence;
    this.marks = undefined;
    if (fence === undefined) return;
    fence.body.to = Math.max(fence.body.from, bodyEnd);
    fence.to = Math.max(fence.body.to, end);
    fence.closed = closed;
  }

  /** Opens the blocks that begin in a line. */
  private open(place: Place, start: number, end: number, matched: number): void {
    const lazy = this.paragraph;
    let fresh = false;
    const enter = () => {
      if (!fresh) this.containers.length = matched;
      fresh = true;
      this.paragraph = false;
    };
    for (;;) {
      const inner = indentAt(this.text, place, end);
      const rest = this.text.slice(inner.at, end);
      const inParagraph = lazy && !fresh;
      if (isBlank(rest, 0, rest.length)) return;
      if (inner.width > 3) {
        if (inParagraph) return;
        return enter();
      }
      if (rest[0] === ">") {
        enter();
        skipQuote(this.text, place, inner);
        this.containers.push({ kind: "quote", offset: 0, empty: false });
        continue;
      }
      if (heading.test(rest)) return enter();
      if (inParagraph && matched === this.containers.length && underline.test(rest)) return enter();
      if (breakLine.test(rest)) return enter();
      const item = listMark.exec(rest);
      if (item !== null && !(inParagraph && matched === this.containers.length && !interrupts(item, rest))) {
        enter();
        if (this.enterItem(place, inner, end, item[0].length)) continue;
        return;
      }
      const marks = opening.exec(rest);
      if (marks !== null && !(marks[1]![0] === "`" && marks[2]!.includes("`"))) {
        enter();
        return this.openFence(marks, inner.at, start, end);
      }
      const htmlEnds = rest[0] === "<" ? htmlEnd(rest, inParagraph) : undefined;
      if (htmlEnds !== undefined) {
        enter();
        if (!(htmlEnds.sameLine && htmlEnds.end.test(rest))) this.html = { end: htmlEnds.end, depth: this.containers.length };
        return;
      }
      if (!inParagraph) enter();
      this.paragraph = true;
      this.markFilled();
      return;
    }
  }

  /** An item begins; false when nothing else is on its line. */
  private enterItem(place: Place, inner: Place & { width: number }, end: number, mark: number): boolean {
    this.markFilled();
    const behind = { at: inner.at + mark, column: inner.column + mark };
    const gap = indentAt(this.text, behind, end);
    const empty = isBlank(this.text, behind.at, end);
    const inside = empty || gap.width > 4 ? 1 : gap.width;
    this.containers.push({ kind: "item", offset: inner.width + mark + inside, empty });
    place.at = behind.at;
    place.column = behind.column;
    if (!empty) advance(this.text, place, end, inside);
    return !empty;
  }

  private openFence(marks: RegExpExecArray, at: number, start: number, end: number): void {
    this.markFilled();
    const depth = this.containers.length;
    let from = at + marks[1]!.length;
    let to = at + marks[0].length;
    while (from < to && isSpace(this.text.charCodeAt(from))) from++;
    while (to > from && isSpace(this.text.charCodeAt(to - 1))) to--;
    const fence = { from: start, to: end, info: { from, to }, body: { from: end, to: end }, closed: false };
    this.marks = { mark: marks[1]![0]!, length: marks[1]!.length, depth, fence: depth === 0 ? fence : undefined };
    if (depth === 0) this.fences.push(fence);
  }

  private markFilled(): void {
    for (const container of this.containers) container.empty = false;
  }
}

/** A numbered list begins in a paragraph only with 1, and no list with an empty item. */
function interrupts(item: RegExpExecArray, rest: string): boolean {
  if (item[1] !== undefined && Number(item[1]) !== 1) return false;
  return !isBlank(rest, item[0].length, rest.length);
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function isBlank(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (!isSpace(text.charCodeAt(at))) return false;
  }
  return true;
}

/** Where the spaces and tabs from a place on end, and how wide they are. */
function indentAt(text: string, place: Place, end: number): Place & { width: number } {
  let { at, column } = place;
  for (; at < end; at++) {
    if (text[at] === " ") column++;
    else if (text[at] === "\t") column += 4 - (column % 4);
    else break;
  }
  return { at, column, width: column - place.column };
}

/** Moves a place by a width of spaces; a tab that is wider is taken as far as needed. */
function advance(text: string, place: Place, end: number, width: number): void {
  const target = place.column + width;
  while (place.at < end && place.column < target) {
    if (text[place.at] === "\t") {
      const next = place.column + 4 - (place.column % 4);
      if (next > target) {
        place.column = target;
        return;
      }
      place.column = next;
    } else if (text[place.at] === " ") {
      place.column++;
    } else {
      return;
    }
    place.at++;
  }
}

function skipQuote(text: string, place: Place, inner: Place): void {
  place.at = inner.at + 1;
  place.column = inner.column + 1;
  if (text[place.at] === " ") {
    place.at++;
    place.column++;
  } else if (text[place.at] === "\t") {
    place.column++;
    if (place.column % 4 === 0) place.at++;
  }
}

export function fencesOf(text: string, from: number, to: number): Fence[] {
  return new Scanner(text, to).scan(from);
}
