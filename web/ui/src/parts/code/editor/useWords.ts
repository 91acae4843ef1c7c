import { useCallback, useLayoutEffect, useRef } from "react";

import type { Vocabulary } from "../types";
import type { Words } from "./completions";

/** The vocabulary as it is when somebody types, without a new editor for each change of it. */
export function useWords(completions: Vocabulary | undefined): Words {
  const latest = useRef(completions);
  useLayoutEffect(() => {
    latest.current = completions;
  });
  return useCallback(() => latest.current, []);
}
