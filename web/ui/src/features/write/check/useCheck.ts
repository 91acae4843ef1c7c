import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { checkDocument, type DocumentProblem } from "../../../api/documents";
import { parseDocument } from "../document";
import { placeProblems, type Placed } from "./place";

export interface Checked {
  problems: DocumentProblem[];
  placed: Placed;
  /** The text that was checked; what is written since may have moved lines. */
  text: string;
  pending: boolean;
  failure: Error | null;
}

const none: DocumentProblem[] = [];

/** Checks the document a moment after each change. */
export function useCheck(text: string, enabled: boolean): Checked {
  const [settled] = useDebouncedValue(text, 500);
  const query = useQuery({
    queryKey: ["check", settled],
    queryFn: async ({ signal }) => ({ text: settled, problems: await checkDocument(settled, signal) }),
    placeholderData: keepPreviousData,
    enabled,
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  const problems = query.data?.problems ?? none;
  const checked = query.data?.text ?? settled;
  const placed = useMemo(() => placeProblems(parseDocument(checked), problems, "report.md"), [checked, problems]);
  return { problems, placed, text: checked, pending: enabled && (settled !== text || query.isFetching), failure: query.error };
}
