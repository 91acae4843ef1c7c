import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useId, useMemo, useState } from "react";

import type { FieldError, Form } from "../../api/forms";
import type { FormBackend } from "./backend";
import { byField, type FieldErrors } from "./mistakes/byField";
import { heldValues, known, othersDependOn, type Values, without } from "./values";

export interface FormState {
  /** Of the page's elements: those of a field begin with it. */
  id: string;
  backend: FormBackend;
  /** The form as the service last told it; undefined until it first did. */
  form: Form | undefined;
  /** What the fields hold: what was filled in over the defaults. */
  values: Values;
  /** Only what was filled in. To ask for a run with it leaves the defaults to the service, so that relative days stay relative. */
  given: Values;
  set: (name: string, value: unknown) => void;
  /** Takes options away that are gone, and notes beside the field what they were called. */
  drop: (name: string, options: string[], labels: string[]) => void;
  /** Labels of options that were taken away, by field. */
  dropped: Record<string, string[]>;
  /** Back to the defaults, or to the values of an earlier run. */
  reset: (values?: Values) => void;
  /** Mistakes by field; those of the form as a whole are under "". */
  errors: FieldErrors;
  /** Places the mistakes of a refused run; they stay until their field changes. */
  setErrors: (errors: FieldError[]) => void;
  /** Grows with each refusal, so that the first wrong field can be gone to. */
  refusals: number;
  /** The form is being asked for. */
  pending: boolean;
  failure: Error | null;
  retry: () => void;
  /** Something is filled in that is not a default. */
  dirty: boolean;
}

interface Filled {
  given: Values;
  refused: FieldError[];
  refusals: number;
  dropped: Record<string, string[]>;
  /** The field that changed last. */
  changed?: string;
}

const soon = 250; // ms after a change that others depend on
const later = 700; // ms after any other: only prose and mistakes may follow
const heavy = 100_000; // characters; larger values travel less often
const heavyLater = 2_500;

function weigh(given: Values): number {
  return Object.values(given).reduce<number>((sum, value) => sum + (Array.isArray(value) || typeof value === "string" ? value.length : 0), 0);
}

function delayAfter(form: Form | undefined, { changed, given }: Filled): number {
  if (form === undefined || changed === undefined || othersDependOn(form, changed)) return soon;
  return weigh(given) > heavy ? heavyLater : later;
}

/**
 * A form that is being filled in. It is asked for again after changes; an answer to earlier values is dropped, and none touches what is
 * typed. `initial` counts when the component appears.
 */
export function useForm(backend: FormBackend, initial: Values = {}): FormState {
  const id = useId();
  const [filled, setFilled] = useState<Filled>(() => ({ given: initial, refused: [], refusals: 0, dropped: {} }));
  const [asked, setAsked] = useState({ number: 0, given: initial });
  const query = useQuery<Form>({
    queryKey: [...backend.key, "fill", id, asked.number],
    queryFn: ({ signal }) => backend.fill(asked.given, signal),
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  const [last, setLast] = useState<Form>(); // an answer that does not come leaves the form as it was
  if (query.data !== undefined && query.data !== last) setLast(query.data);
  const form = query.data ?? last;

  const behind = filled.given !== asked.given;
  const delay = delayAfter(form, filled);
  useEffect(() => {
    if (!behind) return undefined;
    const timer = window.setTimeout(() => setAsked(({ number }) => ({ number: number + 1, given: filled.given })), delay);
    return () => window.clearTimeout(timer);
  }, [behind, delay, filled.given]);

  const values = useMemo(() => heldValues(form, filled.given), [form, filled.given]);
  const given = useMemo(() => (form === undefined ? filled.given : known(form, filled.given)), [form, filled.given]);
  const change = useChanges(form, setFilled);
  const current = query.data !== undefined && !behind;
  const errors = useMemo(
    () => byField(form, filled.refused, (form?.errors ?? []).filter((error) => current || error.field !== filled.changed)),
    [form, filled.refused, filled.changed, current],
  );
  return {
    id,
    backend,
    form,
    values,
    given,
    dropped: filled.dropped,
    errors,
    refusals: filled.refusals,
    pending: query.isFetching || behind,
    failure: query.error,
    retry: useCallback(() => void query.refetch(), [query]),
    dirty: Object.keys(filled.given).length > 0,
    ...change,
  };
}

function useChanges(form: Form | undefined, setFilled: React.Dispatch<React.SetStateAction<Filled>>) {
  const set = useCallback(
    (name: string, value: unknown) =>
      setFilled((before) => ({
        ...before,
        given: { ...before.given, [name]: value },
        refused: before.refused.filter((error) => error.field !== name && error.field !== ""),
        dropped: { ...before.dropped, [name]: [] },
        changed: name,
      })),
    [setFilled],
  );
  const drop = useCallback(
    (name: string, options: string[], labels: string[]) =>
      setFilled((before) => {
        const field = form?.fields.find((one) => one.name === name);
        if (field === undefined) return before;
        const value = without(field, heldValues(form, before.given)[name], options);
        return { ...before, given: { ...before.given, [name]: value }, dropped: { ...before.dropped, [name]: labels }, changed: name };
      }),
    [form, setFilled],
  );
  const reset = useCallback(
    (values: Values = {}) => setFilled((before) => ({ ...before, given: values, refused: [], dropped: {}, changed: undefined })),
    [setFilled],
  );
  const setErrors = useCallback(
    (errors: FieldError[]) =>
      setFilled((before) => ({ ...before, refused: errors, refusals: before.refusals + (errors.length > 0 ? 1 : 0) })),
    [setFilled],
  );
  return { set, drop, reset, setErrors };
}
