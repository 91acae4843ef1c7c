import { useCallback, useEffect, useRef, useState } from "react";

import type { RunProgress } from "../../../api/runs";
import { type TrialOrder, type TrialResult, tryRun } from "../../../api/trial";

export type TrialRun =
  | { is: "none" }
  | { is: "running"; progress?: RunProgress; since: string }
  | { is: "done"; result: TrialResult }
  | { is: "failed"; error: unknown }
  | { is: "stopped" };

/** Runs a document without keeping anything. Leaving stops the run. */
export function useTrialRun() {
  const [run, setRun] = useState<TrialRun>({ is: "none" });
  const current = useRef<AbortController>(undefined);
  useEffect(() => () => current.current?.abort(), []);
  const start = useCallback((order: TrialOrder) => {
    current.current?.abort();
    const abort = new AbortController();
    current.current = abort;
    const since = new Date().toISOString();
    const show = (next: TrialRun) => {
      if (current.current === abort) setRun(next);
    };
    const listen = async () => {
      show({ is: "running", since });
      for await (const event of tryRun(order, abort.signal)) {
        show(event.kind === "progress" ? { is: "running", progress: event.progress, since } : { is: "done", result: event.result });
      }
    };
    listen().catch((error: unknown) => show(abort.signal.aborted ? { is: "stopped" } : { is: "failed", error }));
  }, []);
  const stop = useCallback(() => current.current?.abort(), []);
  const forget = useCallback(() => {
    current.current?.abort();
    current.current = undefined;
    setRun({ is: "none" });
  }, []);
  return { run, start, stop, forget };
}
