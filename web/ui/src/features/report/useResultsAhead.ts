import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import type { RunResults } from "../../parts/results/RunResults";

/**
 * What a run is shown with. Its script and texts come apart from the form's, while somebody fills it in; null until they are there. It is
 * no lazy component: React keeps the sign of waiting of one for 300 ms, however soon the script is there.
 */
export function useResultsAhead(ready: boolean, needed: boolean): typeof RunResults | null {
  const { i18n } = useTranslation();
  const [results, setResults] = useState<typeof RunResults | null>(null);
  const [failed, setFailed] = useState<Error | null>(null);
  useEffect(() => {
    if (!(ready || needed) || results !== null) return;
    Promise.all([import("../../parts/results/RunResults"), i18n.loadNamespaces("results")]).then(
      ([loaded]) => setResults(() => loaded.RunResults),
      (error: Error) => {
        if (needed) setFailed(error); // before that it costs nothing: it is tried again with the run
      },
    );
  }, [ready, needed, results, i18n]);
  if (failed !== null) throw failed; // the page says so, and loads anew after an upgrade
  return results;
}
