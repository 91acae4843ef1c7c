import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import type { FormField, Option } from "../../../api/forms";
import type { FormState } from "../useForm";
import { dependedValues } from "../values";

/** How many options are listed at once; the others are found by typing. */
export const listedOptions = 100;

export interface OptionsFound {
  options: Option[];
  /** There are more than are listed. */
  more: boolean;
  /** The options are being searched for. */
  searching: boolean;
  failure: Error | null;
}

/** Options that have all the words of a search, for those that stand in the document. */
export function matching(options: Option[], search: string): Option[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return options.filter(({ label, value }) => words.every((word) => label.toLowerCase().includes(word) || value.toLowerCase().includes(word)));
}

/** The options of a field, searched: here where all are known, on the service where they come from a query. */
export function useOptions(state: FormState, field: FormField, search: string, wanted: boolean): OptionsFound {
  const [words] = useDebouncedValue(search.trim(), 200);
  const depended = dependedValues(field, state.values);
  const query = useQuery({
    queryKey: [...state.backend.key, "options", field.name, depended, words],
    queryFn: ({ signal }) => state.backend.options(field, { search: words, limit: listedOptions, values: sent(state, field) }, signal),
    enabled: wanted && field.searchable,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: 1,
  });
  const given = useMemo(() => matching(field.options ?? [], search), [field.options, search]);
  if (!field.searchable) return { options: given.slice(0, listedOptions), more: given.length > listedOptions, searching: false, failure: null };
  return {
    options: query.data?.options ?? [],
    more: query.data?.more ?? false,
    searching: query.isFetching || words !== search.trim(),
    failure: query.error,
  };
}

/** The values that travel with a question about a field: those it depends on, where that is known. */
export function sent(state: FormState, field: FormField) {
  if ((field.depends as string[] | null) == null) return state.given;
  const earlier = dependedValues(field, state.given);
  return Object.fromEntries(Object.entries(earlier).filter(([name]) => name in state.given));
}
