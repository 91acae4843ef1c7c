import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useState } from "react";

import type { FormField, ItemsRecognised } from "../../../api/forms";
import { sent } from "../choices/useOptions";
import type { FormState } from "../useForm";
import { dependedValues } from "../values";

const afterTyping = 600; // ms

export interface Recognition {
  /** What the service made of the text as it is now; undefined while that is not known. */
  counts: ItemsRecognised | undefined;
  asking: boolean;
}

/** Asks the service which items of a text a list takes, some time after it was typed. A text that has changed since has no counts. */
export function useRecognised(state: FormState, field: FormField, text: string): Recognition {
  const id = useId();
  const [asked, setAsked] = useState({ number: 0, text });
  useEffect(() => {
    if (asked.text === text) return undefined;
    const timer = window.setTimeout(() => setAsked(({ number }) => ({ number: number + 1, text })), afterTyping);
    return () => window.clearTimeout(timer);
  }, [asked.text, text]);
  const query = useQuery({
    queryKey: [...state.backend.key, "recognise", field.name, id, dependedValues(field, state.values), asked.number],
    queryFn: ({ signal }) => state.backend.recognise(field, { text: asked.text, values: sent(state, { ...field, depends: field.depends ?? [] }) }, signal),
    enabled: asked.text.trim() !== "",
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    retry: false,
  });
  const current = asked.text === text && text.trim() !== "";
  return { counts: current ? query.data : undefined, asking: !current || query.isFetching };
}
