import type { TextEdit } from "../types";

/**
 * CodeMirror counts every line break as one character, whatever it is in the text. This turns its places into those of the text and
 * back, so that a break that is not edited stays the break it is.
 */
export class Breaks {
  /** Places in the text of the second characters of the breaks of two. */
  private readonly seconds: number[] = [];
  readonly newline: string;

  constructor(text: string) {
    if (text.includes("\r")) {
      for (let at = text.indexOf("\r\n"); at >= 0; at = text.indexOf("\r\n", at + 2)) this.seconds.push(at + 1);
    }
    this.newline = this.seconds.length > 0 ? "\r\n" : "\n";
  }

  /** The place in the text of one in the editor. */
  toText(place: number): number {
    let low = 0;
    let high = this.seconds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.seconds[middle]! - middle <= place) low = middle + 1;
      else high = middle;
    }
    return place + low;
  }

  /** The place in the editor of one in the text. */
  toEditor(place: number): number {
    let low = 0;
    let high = this.seconds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.seconds[middle]! < place) low = middle + 1;
      else high = middle;
    }
    return place - low;
  }

  /** An edit of the editor as one of the text. */
  edit(from: number, to: number, insert: string): TextEdit {
    return { from: this.toText(from), to: this.toText(to), insert: this.newline === "\n" ? insert : insert.replace(/\n/g, this.newline) };
  }
}

/** A text as the editor counts it. */
export function plainBreaks(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}
