import type { DocumentModel, Edit, Extent } from "../document";

/** What an editor shows of a cell's body or of the settings: without the line break that belongs to the line after. */
export function shownBody(model: DocumentModel, body: Extent, closed: boolean): string {
  const text = model.text.slice(body.from, body.to);
  return closed ? text.replace(/\r?\n$/, "") : text;
}

/** Edits of what is shown as edits of the document. What was empty gets a line of its own. */
export function bodyEdits(model: DocumentModel, body: Extent, edits: Edit[], closed: boolean): Edit[] {
  const moved = edits.map((edit) => ({ ...edit, from: edit.from + body.from, to: edit.to + body.from }));
  if (!closed || body.from < body.to) return moved;
  return moved.map((edit, n) => (n === moved.length - 1 ? { ...edit, insert: edit.insert + model.newline } : edit));
}

/** How many characters of blank lines stand around the text of a block. */
export interface Margins {
  lead: number;
  trail: number;
}

export function marginsOf(text: string): Margins {
  const lead = /^([ \t]*\r?\n)*/.exec(text)![0].length;
  return { lead, trail: lead === text.length ? 0 : /(\r?\n[ \t]*)*$/.exec(text)![0].length };
}

/** The text between the margins. They are those of when somebody began to write, so that new blank lines stay in sight. */
export function shownText(text: string, { lead, trail }: Margins): string {
  return text.slice(lead, Math.max(lead, text.length - trail));
}

/** Whether what the margins leave out is still blank. */
export function fits(text: string, { lead, trail }: Margins): boolean {
  return text.length >= lead + trail && text.slice(0, lead).trim() === "" && text.slice(text.length - trail).trim() === "";
}
