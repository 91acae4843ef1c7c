/** A part of a text, from its first character up to but not including `to`, in UTF-16 units. */
export interface Extent {
  from: number;
  to: number;
}

/** Replaces the characters of an extent. The edits of one change never overlap and count in the text before all of them. */
export interface Edit extends Extent {
  insert: string;
}

export interface Cell {
  /** sql, cohort or chart. */
  kind: string;
  /** Empty while it is not written yet. */
  name: string;
  /** Where the name is, or where it belongs. */
  nameAt: Extent;
  /** The key=value pairs of the fence line, without quotes. */
  attributes: Record<string, string>;
  /** The opening line with its line break. */
  fence: Extent;
  /** The lines between the marks, with their line breaks. */
  body: Extent;
  /** Of the document, where the body begins; from 1. */
  line: number;
  /** Whether the closing marks are there. */
  closed: boolean;
}

/** One after another the blocks cover the whole text. A block of text may be blank. */
export interface Block extends Extent {
  kind: "front" | "text" | "cell";
  cell?: Cell;
}

export interface DocumentModel {
  text: string;
  blocks: Block[];
  cells: Cell[];
  /** The YAML between the lines of ---, with its line breaks; undefined when the document has none. */
  front?: Extent;
  /** What ends its lines. */
  newline: "\n" | "\r\n";
}
