import { yaml } from "@codemirror/lang-yaml";
import { useMemo } from "react";

import type { EditorProps } from "../types";
import { completion } from "./completions";
import { Frame } from "./Frame";
import { useWords } from "./useWords";

export default function YamlEditor(props: EditorProps) {
  const words = useWords(props.completions);
  const language = useMemo(() => [yaml(), completion(words, "text")], [words]);
  return <Frame {...props} language={language} />;
}
