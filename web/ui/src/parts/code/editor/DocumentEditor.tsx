import { markdown } from "@codemirror/lang-markdown";
import { yaml, yamlFrontmatter } from "@codemirror/lang-yaml";
import { codeFolding, foldGutter, foldKeymap } from "@codemirror/language";
import { EditorView, keymap } from "@codemirror/view";
import { useMemo } from "react";

import type { EditorProps } from "../types";
import { completion } from "./completions";
import { ClickHouse } from "./dialects";
import { Frame } from "./Frame";
import { useWords } from "./useWords";

const yamlLanguage = yaml().language;

/** The language of what a fence line begins with. */
function languageOf(info: string) {
  const kind = /^\s*(\w+)/.exec(info)?.[1]?.toLowerCase();
  if (kind === "sql") return ClickHouse.language;
  return kind === "chart" || kind === "cohort" || kind === "yaml" ? yamlLanguage : null;
}

const language = [
  yamlFrontmatter({ content: markdown({ codeLanguages: languageOf }) }),
  codeFolding(),
  foldGutter(),
  keymap.of(foldKeymap),
  EditorView.lineWrapping,
];

export default function DocumentEditor(props: EditorProps) {
  const words = useWords(props.completions);
  const extensions = useMemo(() => [language, completion(words, "document")], [words]);
  return <Frame minLines={12} {...props} language={extensions} />;
}
