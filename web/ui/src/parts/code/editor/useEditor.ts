import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { lintGutter } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers, placeholder, rectangularSelection, type ViewUpdate,
} from "@codemirror/view";
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, type RefObject } from "react";

import type { EditorProps, TextEdit } from "../types";
import { Breaks, plainBreaks } from "./breaks";
import { handleOf, showProblems } from "./commands";
import { templates } from "./templates";
import { theme } from "./theme";

/** A change that comes from the page, so that it is not told back to it. */
const fromPage = Annotation.define<boolean>();

function editsOf(update: ViewUpdate, breaks: Breaks): TextEdit[] {
  const edits: TextEdit[] = [];
  update.changes.iterChanges((from, to, _, __, inserted) => edits.push(breaks.edit(from, to, inserted.toString())));
  return edits;
}

export function applyEdits(text: string, edits: TextEdit[]): string {
  let result = "";
  let at = 0;
  for (const edit of edits) {
    result += text.slice(at, edit.from) + edit.insert;
    at = edit.to;
  }
  return result + text.slice(at);
}

/** The one change that makes a text of another, so that cursor and folds stay. */
function changeBetween(before: string, after: string) {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before.charCodeAt(from) === after.charCodeAt(from)) from++;
  let end = 0;
  while (end < shorter - from && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end++;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}

type Latest = RefObject<EditorProps>;

const run = (command: ((props: EditorProps) => (() => void) | undefined), latest: Latest) => () => {
  const act = command(latest.current);
  act?.();
  return act !== undefined;
};

function keys(latest: Latest): Extension {
  return keymap.of([
    { key: "Mod-Enter", run: run((props) => props.onRun, latest) },
    { key: "Mod-s", run: run((props) => props.onSave, latest), preventDefault: true },
    { key: "Mod-z", run: run((props) => props.history?.undo, latest) },
    { key: "Mod-y", mac: "Mod-Shift-z", run: run((props) => props.history?.redo, latest) },
    { key: "Mod-Shift-z", run: run((props) => props.history?.redo, latest) },
    ...closeBracketsKeymap,
    ...completionKeymap,
    ...defaultKeymap,
    ...searchKeymap,
    indentWithTab,
  ]);
}

function setup(latest: Latest): Extension {
  const props = latest.current;
  return [
    keys(latest),
    props.history === undefined ? [history(), keymap.of(historyKeymap)] : [],
    props.lineNumbers === false ? [] : highlightActiveLineGutter(),
    EditorState.allowMultipleSelections.of(true),
    indentUnit.of("  "),
    drawSelection(),
    rectangularSelection(),
    bracketMatching(),
    closeBrackets(),
    indentOnInput(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    lintGutter(),
    templates,
    theme,
    props.placeholder === undefined ? [] : placeholder(props.placeholder),
    EditorView.domEventHandlers({
      focus: () => latest.current.onFocus?.(),
      blur: () => latest.current.onBlur?.(),
    }),
  ];
}

function measures({ minLines = 3, maxHeight }: EditorProps): Extension {
  return EditorView.theme({ ".cm-content": { minHeight: `calc(${minLines} * 1.5em + 16px)` }, "&": { maxHeight: maxHeight ?? "none" } });
}

/** An editor in an element of the page. The language must stay the same object while it is the same language; `phrases` are what CodeMirror itself says. */
export function useEditor(props: EditorProps, language: Extension, describedBy: string, phrases: Record<string, string>): RefObject<HTMLDivElement | null> {
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  const shown = useRef({ text: props.value, breaks: new Breaks(props.value) });
  const changing = useRef({ language: new Compartment(), numbers: new Compartment(), attributes: new Compartment(), phrases: new Compartment() });

  useLayoutEffect(() => {
    latest.current = props;
  });

  useLayoutEffect(() => {
    const tell = EditorView.updateListener.of((update) => {
      if (!update.docChanged || update.transactions.some((transaction) => transaction.annotation(fromPage))) return;
      const edits = editsOf(update, shown.current.breaks);
      const text = applyEdits(shown.current.text, edits);
      shown.current = { text, breaks: new Breaks(text) };
      latest.current.onChange?.(text, edits);
    });
    const { language: languages, numbers, attributes, phrases: words } = changing.current;
    const start = { text: latest.current.value, breaks: new Breaks(latest.current.value) };
    shown.current = start;
    const made = new EditorView({
      parent: parent.current!,
      doc: plainBreaks(start.text),
      extensions: [numbers.of([]), setup(latest), measures(latest.current), languages.of([]), attributes.of([]), words.of([]), tell],
    });
    view.current = made;
    if (latest.current.autoFocus) made.focus();
    if (latest.current.selected) made.dispatch({ selection: { anchor: 0, head: made.state.doc.length } });
    return () => {
      view.current = null;
      made.destroy();
    };
  }, []);

  useLayoutEffect(() => {
    view.current?.dispatch({ effects: changing.current.language.reconfigure(language) });
  }, [language]);

  const { label, readOnly = false, value, problems, firstLine = 1, lineNumbers: numbered = true } = props;
  useLayoutEffect(() => {
    const numbers = numbered ? lineNumbers({ formatNumber: (line) => String(line + firstLine - 1) }) : [];
    view.current?.dispatch({ effects: changing.current.numbers.reconfigure(numbers) });
  }, [firstLine, numbered]);

  useLayoutEffect(() => {
    const attributes = EditorView.contentAttributes.of({ tabindex: "0", "aria-label": label, "aria-describedby": describedBy, spellcheck: "false" });
    const locked = [EditorState.readOnly.of(readOnly), EditorView.editable.of(true)];
    view.current?.dispatch({ effects: changing.current.attributes.reconfigure([attributes, locked]) });
  }, [label, readOnly, describedBy]);

  useLayoutEffect(() => {
    if (view.current === null || value === shown.current.text) return;
    const change = changeBetween(view.current.state.doc.toString(), plainBreaks(value));
    shown.current = { text: value, breaks: new Breaks(value) };
    view.current.dispatch({ changes: change, annotations: fromPage.of(true) });
  }, [value]);

  const said = JSON.stringify(phrases);
  useLayoutEffect(() => {
    view.current?.dispatch({ effects: changing.current.phrases.reconfigure(EditorState.phrases.of(JSON.parse(said) as Record<string, string>)) });
  }, [said]);

  useEffect(() => {
    if (view.current !== null) showProblems(view.current, problems ?? []);
  }, [problems, language]);

  useImperativeHandle(props.handle, () => handleOf(view));
  return parent;
}
