import { autocompletion, closeCompletion, CompletionContext, type Completion, type CompletionResult, selectedCompletion } from "@codemirror/autocomplete";
import { EditorState, type Extension, Prec, type Text } from "@codemirror/state";
import { type EditorView, keymap } from "@codemirror/view";

import { completeSql, type Offer, type Offers } from "../language/complete";
import { completeTemplate } from "../language/complete-template";
import { placeAt } from "../language/scope";
import type { Vocabulary } from "../types";
import { clickhouseKeywords } from "./dialects";

const icons: Record<Offer["type"], string> = {
  column: "property", table: "class", database: "namespace", function: "function", keyword: "keyword", field: "variable", cell: "class", snippet: "text",
};

const keywords: Completion[] = clickhouseKeywords.split(" ").map((word) => ({ label: word.toUpperCase(), type: "keyword", boost: -10 }));

function result(offers: Offers | null, extra: Completion[] = []): CompletionResult | null {
  if (offers === null) return null;
  const options = offers.options.map(
    (offer): Completion => ({
      label: offer.label, type: icons[offer.type], detail: offer.detail, info: offer.info, apply: offer.apply, boost: offer.boost,
    }),
  );
  return { from: offers.from, options: [...options, ...extra], validFor: /^[\w$]*$/ };
}

export type Words = () => Vocabulary | undefined;

function inSql(words: Words) {
  return (context: CompletionContext): CompletionResult | null => {
    const text = context.state.doc.toString();
    const offers = completeSql(text, context.pos, words() ?? {}, context.explicit);
    const plain = offers !== null && placeAt(text, context.pos).place === "code" && !/[.]$/.test(text.slice(0, offers.from));
    return result(offers, plain ? keywords : []);
  };
}

/** In prose only templates are completed. */
function inText(words: Words) {
  return (context: CompletionContext): CompletionResult | null => {
    const start = Math.max(0, context.pos - 2000);
    const text = context.state.sliceDoc(start, context.pos);
    const { place, from } = placeAt(text, text.length, false);
    return place === "template" ? result(completeTemplate(text.slice(from), context.pos, words() ?? {}, "text")) : null;
  };
}

/** In a whole report it is SQL between the marks of a sql cell, and prose elsewhere. */
function inDocument(words: Words) {
  const [sql, text] = [inSql(words), inText(words)];
  return (context: CompletionContext) => {
    const cell = sqlCellAt(context.state.doc, context.pos);
    if (cell === undefined) return text(context);
    return shifted(sql, context, cell);
  };
}

/** The body of the sql cell around a place. */
function sqlCellAt(doc: Text, place: number): { from: number; to: number } | undefined {
  const here = doc.lineAt(place).number;
  for (let number = here - 1; number >= 1; number--) {
    const line = doc.line(number);
    if (!/^ {0,3}(```|~~~)/.test(line.text)) continue;
    if (!/^ {0,3}[`~]{3,}\s*sql\s/i.test(line.text)) return undefined;
    for (let last = here; ; last++) {
      if (last > doc.lines || /^ {0,3}(```|~~~)/.test(doc.line(last).text)) {
        return { from: line.to + 1, to: last > doc.lines ? doc.length : doc.line(last).from };
      }
    }
  }
  return undefined;
}

type Source = (context: CompletionContext) => CompletionResult | null;

/** Completes in a part of the document as if it were all there is. */
function shifted(source: Source, context: CompletionContext, part: { from: number; to: number }): CompletionResult | null {
  const state = EditorState.create({ doc: context.state.doc.slice(part.from, part.to) });
  const found = source(new CompletionContext(state, context.pos - part.from, context.explicit));
  return found === null ? null : { ...found, from: found.from + part.from };
}

const sources = { sql: inSql, text: inText, document: inDocument };

/** Whether the word before the cursor is all that the completion would write. */
export function isWritten(state: EditorState, { label, apply = label, type }: Completion): boolean {
  if (typeof apply !== "string") return false;
  const { head } = state.selection.main;
  const written = state.sliceDoc(Math.max(0, head - apply.length), head);
  const before = state.sliceDoc(Math.max(0, head - apply.length - 1), Math.max(0, head - apply.length));
  const same = type === "keyword" ? written.toUpperCase() === apply.toUpperCase() : written === apply;
  return same && !/[\w$]/.test(before);
}

/** Who has written the whole word wants Enter to end the line. */
function passOver(view: EditorView): boolean {
  const chosen = selectedCompletion(view.state);
  if (chosen !== null && isWritten(view.state, chosen)) closeCompletion(view);
  return false;
}

export function completion(words: Words, language: keyof typeof sources): Extension {
  return [
    Prec.highest(keymap.of([{ key: "Enter", run: passOver }])),
    autocompletion({ override: [sources[language](words)], icons: true, filterStrict: true }),
  ];
}
