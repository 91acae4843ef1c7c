import { setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { EditorSelection, type Text } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

import type { CodeHandle, CodeProblem } from "../types";

/** The place of a character of a line; columns count characters, also those of two units. */
function placeOf(doc: Text, line: number, column = 1): number {
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const before = [...at.text].slice(0, Math.max(column - 1, 0)).join("");
  return Math.min(at.from + before.length, at.to);
}

function diagnostic(doc: Text, problem: CodeProblem): Diagnostic {
  const line = doc.line(Math.min(Math.max(problem.line, 1), doc.lines));
  const from = problem.column === undefined ? line.from : placeOf(doc, problem.line, problem.column);
  const word = /^[\w$.]+/.exec(line.text.slice(from - line.from))?.[0].length ?? 1;
  const to = problem.column === undefined ? line.to : Math.min(from + word, line.to);
  return { from, to: Math.max(from, to), severity: "error", message: problem.message };
}

export function showProblems(view: EditorView, problems: CodeProblem[]): void {
  view.dispatch(setDiagnostics(view.state, problems.map((problem) => diagnostic(view.state.doc, problem))));
}

export function handleOf(view: { current: EditorView | null }): CodeHandle {
  return {
    focus: () => view.current?.focus(),
    insert: (text) => {
      const { current } = view;
      if (current === null || current.state.readOnly) return;
      current.dispatch({ ...current.state.replaceSelection(text), scrollIntoView: true, userEvent: "input" });
      current.focus();
    },
    goTo: (line, column) => {
      const { current } = view;
      if (current === null) return;
      const place = placeOf(current.state.doc, line, column);
      current.dispatch({ selection: EditorSelection.cursor(place), effects: EditorView.scrollIntoView(place, { y: "center" }) });
      current.focus();
    },
  };
}
