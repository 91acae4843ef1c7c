import { markdown } from "@codemirror/lang-markdown";
import { EditorView } from "@codemirror/view";
import { useMemo } from "react";

import type { EditorProps } from "../types";
import { completion } from "./completions";
import { Frame } from "./Frame";
import { useWords } from "./useWords";

export default function TextEditor(props: EditorProps) {
  const words = useWords(props.completions);
  const language = useMemo(() => [markdown(), EditorView.lineWrapping, completion(words, "text")], [words]);
  return <Frame lineNumbers={false} {...props} language={language} />;
}
