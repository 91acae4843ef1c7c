import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { type Run, hasEnded, runKeys, runQuery, withProgress } from "../../api/runs";
import { follow } from "./follow";

/** A run, which is followed while it has not ended. Leaving the page stops nothing but the following. */
export function useRun(id: string) {
  const query = useQuery(runQuery(id));
  const client = useQueryClient();
  const going = query.data !== undefined && !hasEnded(query.data.status);
  useEffect(() => {
    if (!going) return undefined;
    const { queryKey } = runQuery(id);
    const stop = follow({
      open: () => new EventSource(`/api/v1/runs/${encodeURIComponent(id)}/events`),
      ask: () => client.refetchQueries({ queryKey, exact: true }),
      onProgress: (told) => client.setQueryData(queryKey, (run: Run | undefined) => run && withProgress(run, told)),
      onDone: (run) => client.setQueryData(queryKey, run),
    });
    return () => {
      stop();
      void client.invalidateQueries({ queryKey: runKeys.all });
    };
  }, [id, going, client]);
  return query;
}
