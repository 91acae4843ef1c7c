import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { functionsQuery } from "../../../api/sources";
import { schemaQuery } from "../../../api/schema-browser";
import { snippetsQuery } from "../../../api/snippets";
import type { Vocabulary } from "../../../parts/code";
import { useDesk } from "../desk/DeskContext";

/** What can be named in a cell of a source. A source that does not answer has nothing to offer, and that is all. */
export function useVocabulary(source: string, earlier: string): Vocabulary {
  const { sources, fields, tries, trying } = useDesk();
  const known = tries && sources.some(({ name }) => name === source);
  const schema = useQuery({ ...schemaQuery(source), enabled: known });
  const functions = useQuery({ ...functionsQuery(source), enabled: known });
  const snippets = useQuery({ ...snippetsQuery, enabled: tries });
  const results = trying.trial.cells;
  return useMemo(
    () => ({
      schema: schema.data,
      functions: functions.data,
      fields: fields.map(({ name, label, kind }) => ({ name, label, kind })),
      snippets: (snippets.data ?? []).map(({ name, sql }) => ({ name, detail: sql.slice(0, 300) })),
      cells: earlier === "" ? [] : earlier.split(" ").map((name) => ({ name, columns: results[name]?.cell.result.columns.map((column) => column.name) })),
    }),
    [schema.data, functions.data, snippets.data, fields, results, earlier],
  );
}
