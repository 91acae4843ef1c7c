import { apply, difference, invert } from "./edits";
import { parseDocument } from "./parse";
import type { DocumentModel, Edit } from "./types";

/** What one undo takes back. */
interface Step {
  back: Edit[];
  forward: Edit[];
  /** Where typing ended and when, for a step that may go on. */
  typed?: { place: number; at: number };
}

export interface DocumentState {
  text: string;
  model: DocumentModel;
  canUndo: boolean;
  canRedo: boolean;
}

const pause = 1_000; // ms after which typing is another step
const kept = 500;

/** The one text that all views show and change, with undo and redo over everything. */
export class DocumentStore {
  private state: DocumentState;
  private undos: Step[] = [];
  private redos: Step[] = [];
  private readonly watching = new Set<() => void>();

  constructor(
    text: string,
    private readonly now: () => number = Date.now,
  ) {
    this.state = { text, model: parseDocument(text), canUndo: false, canRedo: false };
  }

  readonly get = (): DocumentState => this.state;

  readonly subscribe = (tell: () => void): (() => void) => {
    this.watching.add(tell);
    return () => this.watching.delete(tell);
  };

  /** Changes the text. Typing in one place is one step. */
  readonly change = (edits: Edit[], { typing = false } = {}): void => {
    const before = this.state.text;
    const after = apply(before, edits);
    if (after === before) return;
    const last = this.undos.at(-1);
    const typed = typing ? typedTo(edits, this.now()) : undefined;
    if (last?.typed !== undefined && typed !== undefined && goesOn(last.typed, edits[0]!, this.now())) {
      const start = apply(before, last.back);
      const forward = difference(start, after);
      this.undos[this.undos.length - 1] = { forward, back: invert(start, forward), typed };
    } else {
      this.undos = [...this.undos, { forward: edits, back: invert(before, edits), typed }].slice(-kept);
    }
    this.redos = [];
    this.show(after);
  };

  /** Another text in the place of this one, as one step. */
  readonly replace = (text: string): void => this.change(difference(this.state.text, text));

  readonly undo = (): void => {
    const step = this.undos.pop();
    if (step === undefined) return;
    this.redos.push(step);
    this.show(apply(this.state.text, step.back));
  };

  readonly redo = (): void => {
    const step = this.redos.pop();
    if (step === undefined) return;
    this.undos.push({ ...step, typed: undefined });
    this.show(apply(this.state.text, step.forward));
  };

  private show(text: string): void {
    this.state = { text, model: parseDocument(text), canUndo: this.undos.length > 0, canRedo: this.redos.length > 0 };
    for (const tell of this.watching) tell();
  }
}

/** A single short edit without a line break is typing. */
function typedTo(edits: Edit[], at: number): { place: number; at: number } | undefined {
  const [edit] = edits;
  if (edits.length !== 1 || edit === undefined || edit.insert.length > 2 || edit.to - edit.from > 2 || edit.insert.includes("\n")) return undefined;
  return { place: edit.from + edit.insert.length, at };
}

function goesOn(typed: { place: number; at: number }, next: Edit, now: number): boolean {
  return now - typed.at < pause && (next.from === typed.place || next.to === typed.place);
}
