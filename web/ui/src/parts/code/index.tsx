/** Editors of code. They are loaded when one is shown; meanwhile the text stands there as it is. */
import { lazy, Suspense, type ComponentType } from "react";

import { Plain } from "./Plain";
import type { DiffProps, EditorProps, SqlEditorProps } from "./types";

export type { CodeHandle, CodeProblem, DiffProps, EditorProps, SqlEditorProps, TextEdit, Vocabulary } from "./types";

function loaded<P extends EditorProps>(load: () => Promise<{ default: ComponentType<P> }>) {
  const Editor = lazy(load) as unknown as ComponentType<P>;
  return function LoadedEditor(props: P) {
    return (
      <Suspense fallback={<Plain text={props.value} minLines={props.minLines} maxHeight={props.maxHeight} />}>
        <Editor {...props} />
      </Suspense>
    );
  };
}

export { SchemaTree } from "./SchemaTree";

/** SQL with templates in it. */
export const SqlEditor = loaded<SqlEditorProps>(() => import("./editor/SqlEditor"));
/** Markdown with templates in it: the prose of a report. */
export const TextEditor = loaded<EditorProps>(() => import("./editor/TextEditor"));
/** YAML: settings, charts and cohorts. */
export const YamlEditor = loaded<EditorProps>(() => import("./editor/YamlEditor"));
/** A whole report: front matter, prose and cells. */
export const DocumentEditor = loaded<EditorProps>(() => import("./editor/DocumentEditor"));

const LoadedDiff = lazy(() => import("./editor/DiffEditor"));

/** What is different in two texts. */
export function DiffView(props: DiffProps) {
  return (
    <Suspense fallback={<Plain text={props.after} />}>
      <LoadedDiff {...props} />
    </Suspense>
  );
}
