import type { Schemas } from "../../api/client";

/** Replaces a part of a text; offsets in UTF-16 units of the text before. */
export interface TextEdit {
  from: number;
  to: number;
  insert: string;
}

/** Something to say about a line of the text. */
export interface CodeProblem {
  /** From 1. */
  line: number;
  /** In characters, from 1; the whole line when left out. */
  column?: number;
  message: string;
}

/** What can be named at a place of a text, to be offered while one types. */
export interface Vocabulary {
  schema?: Pick<Schemas["SourceSchema"], "database" | "tables">;
  functions?: Schemas["SqlFunction"][];
  /** Of the form, for templates; `kind` as in daterange. */
  fields?: { name: string; label?: string; kind?: string }[];
  /** Earlier cells, with the columns of their last result. */
  cells?: { name: string; columns?: string[] }[];
  snippets?: { name: string; detail?: string }[];
}

/** What a page may ask of an editor that is shown. */
export interface CodeHandle {
  focus: () => void;
  /** Types a text where the cursor is. */
  insert: (text: string) => void;
  /** Shows a line, from 1, and puts the cursor there. */
  goTo: (line: number, column?: number) => void;
}

export interface EditorProps {
  value: string;
  /** The text as it is now, and the edits that made it of the one before. */
  onChange?: (value: string, edits: TextEdit[]) => void;
  /** Its accessible name. */
  label: string;
  readOnly?: boolean;
  problems?: CodeProblem[];
  completions?: Vocabulary;
  /** Shown while it is empty. */
  placeholder?: string;
  /** Ctrl or Cmd with Enter. */
  onRun?: () => void;
  /** Ctrl or Cmd with S. */
  onSave?: () => void;
  /** Undo and redo of the page; an editor without has its own. */
  history?: { undo: () => void; redo: () => void };
  onFocus?: () => void;
  onBlur?: () => void;
  autoFocus?: boolean;
  /** At first all of it is selected, to be written over. */
  selected?: boolean;
  lineNumbers?: boolean;
  /** The number of the first line, when the text is a part of another; 1 when left out. */
  firstLine?: number;
  /** Lines it is at least high, 3 when left out; it grows with its text. */
  minLines?: number;
  /** As in "70vh"; a longer text scrolls. */
  maxHeight?: string;
  handle?: React.Ref<CodeHandle>;
}

export interface SqlEditorProps extends EditorProps {
  dialect?: "clickhouse" | "postgres";
}

export interface DiffProps {
  before: string;
  after: string;
  /** Accessible names of the two sides. */
  labels: { before: string; after: string };
  /** Beside each other, or one text with both; by the width of the window when left out. */
  sides?: boolean;
}
