import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";

import { ProblemError } from "./client";
import { sessionQuery } from "./session";

/** A request that was refused is refused again; one that found nobody may find somebody. */
function worthAnother(failures: number, error: Error): boolean {
  if (error instanceof ProblemError) {
    return failures < 3 && (error.problem.status >= 502 || error.problem.code === "unavailable");
  }
  return failures < 3;
}

/** `onSignedOut` hears of sessions that ended, not of somebody who has not signed in yet. */
export function newQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: Error) => {
    if (isSignedOut(error) && client.getQueryData(sessionQuery.queryKey) !== undefined) onSignedOut();
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { retry: worthAnother, staleTime: 15_000, refetchOnWindowFocus: true },
      // Without a connection what somebody does fails at once and says so, rather than waiting for better times in silence.
      mutations: { retry: false, networkMode: "always" },
    },
  });
  return client;
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code === "unauthenticated";
}

export function hasCode(error: unknown, code: ProblemError["problem"]["code"]): boolean {
  return error instanceof ProblemError && error.problem.code === code;
}
