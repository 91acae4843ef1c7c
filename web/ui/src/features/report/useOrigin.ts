import { useState } from "react";

import type { Values } from "../../parts/form/values";

export interface Origin {
  /** The run whose values the form was filled with when it appeared; undefined for a form of one's own. */
  origin: string | undefined;
  /** What the form held when it was run here, by run. */
  started: Record<string, Values>;
  noteStarted: (run: string, values: Values) => void;
}

/**
 * Where the values of the form come from. A run that is opened by its address fills the form; one that was started here leaves it as it
 * is, also when one goes back to it.
 */
export function useOrigin(run: string | undefined): Origin {
  const [started, setStarted] = useState<Record<string, Values>>({});
  const [origin, setOrigin] = useState(run);
  if (run !== undefined && run !== origin && !(run in started)) setOrigin(run);
  return { origin, started, noteStarted: (id, values) => setStarted((before) => ({ ...before, [id]: values })) };
}
