/** The document of a report as text and what it is made of. Changes are edits of the text: every other byte stays as it is. */
export type { Block, Cell, DocumentModel, Edit, Extent } from "./types";
export { cellKinds, parseDocument } from "./parse";
export { apply, difference, invert, mapPlace } from "./edits";
export {
  blockText,
  cellText,
  freeName,
  insertCell,
  insertText,
  isBlankBlock,
  moveBlock,
  removeBlock,
  setAttribute,
  setBody,
  type NewCell,
} from "./structure";
export { isName, renameCell } from "./rename";
