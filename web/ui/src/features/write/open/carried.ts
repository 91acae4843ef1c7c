import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import type { Values } from "../../../api/forms";
import type { Trial } from "../run/trial";

/** What a new report was tried with, and what came of it. */
export interface Carried {
  trial: Trial;
  values: Values;
}

const keyOf = (slug: string) => ["write", "carried", slug];

/** Hands what was tried of a new report to the page of the report it became. A run on its way ends with the page that began it. */
export function carry(client: QueryClient, slug: string, { trial, values }: Carried): void {
  client.setQueryData<Carried>(keyOf(slug), { trial: { ...trial, running: undefined }, values });
}

/** What was handed over, once: who opens the report again begins anew. */
export function useCarried(slug: string): Carried | undefined {
  const client = useQueryClient();
  const [carried] = useState(() => client.getQueryData<Carried>(keyOf(slug)));
  useEffect(() => client.removeQueries({ queryKey: keyOf(slug), exact: true }), [client, slug]);
  return carried;
}
