import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";

import type { FormField, Option } from "../../../api/forms";
import type { FormState } from "../useForm";
import { chosenOf, dependedValues } from "../values";
import { sent } from "./useOptions";

/** So many chosen options are looked up by value; with more, the service names those that are gone when the report is run. */
const lookedUp = 1_000;

export interface Chosen {
  /** The chosen options with their labels, as far as these are known. */
  options: Option[];
  values: string[];
}

/**
 * What is chosen in a field, with labels. Options that are not there, because a field changed that they depend on or because the values
 * came from elsewhere, are taken away.
 */
export function useChosen(state: FormState, field: FormField): Chosen {
  const value = state.values[field.name];
  const values = useMemo(() => chosenOf(value), [value]);
  const everything = values.length === 1 && values[0] === "all";
  const looked = field.searchable && values.length > 0 && values.length <= lookedUp && !everything;
  const query = useQuery({
    queryKey: [...state.backend.key, "chosen", field.name, dependedValues(field, state.values), looked ? values : []],
    queryFn: ({ signal }) => state.backend.options(field, { only: values, limit: lookedUp, values: sent(state, field) }, signal),
    enabled: looked,
    placeholderData: (before, previous) => (sameField(previous?.queryKey, field.name) ? before : undefined),
    staleTime: 60_000,
    retry: 1,
  });
  const all = field.searchable ? query.data?.options : field.options;
  const options = useMemo(() => labelled(values, all ?? []), [values, all]);
  const certain = field.searchable ? looked && query.isSuccess && !query.isPlaceholderData && !query.isFetching : !everything;
  const gone = useMemo(() => (certain ? missing(values, all ?? []) : []), [certain, values, all]);
  useDropping(state, field, gone, all);
  return { options, values };
}

/** Takes options away that are gone, and calls them by the labels they had. */
function useDropping(state: FormState, field: FormField, gone: string[], all: Option[] | undefined) {
  const labels = useRef(new Map<string, string>());
  useEffect(() => {
    for (const option of all ?? []) labels.current.set(option.value, option.label);
  }, [all]);
  const { drop } = state;
  useEffect(() => {
    if (gone.length > 0) drop(field.name, gone, gone.map((value) => labels.current.get(value) ?? value));
  }, [gone, drop, field.name]);
}

const sameField = (key: readonly unknown[] | undefined, name: string) => key?.includes(name) ?? false;

export function missing(values: string[], options: Option[]): string[] {
  const there = new Set(options.map((option) => option.value));
  return values.filter((value) => !there.has(value));
}

export function labelled(values: string[], options: Option[]): Option[] {
  const labels = new Map(options.map((option) => [option.value, option.label]));
  return values.map((value) => ({ value, label: labels.get(value) ?? value }));
}
