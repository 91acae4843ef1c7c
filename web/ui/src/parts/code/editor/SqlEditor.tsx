import { sql } from "@codemirror/lang-sql";
import { useMemo } from "react";

import type { SqlEditorProps } from "../types";
import { completion } from "./completions";
import { dialects } from "./dialects";
import { Frame } from "./Frame";
import { useWords } from "./useWords";

export default function SqlEditor({ dialect = "clickhouse", ...props }: SqlEditorProps) {
  const words = useWords(props.completions);
  const language = useMemo(() => [sql({ dialect: dialects[dialect] }).language, completion(words, "sql")], [dialect, words]);
  return <Frame {...props} language={language} />;
}
