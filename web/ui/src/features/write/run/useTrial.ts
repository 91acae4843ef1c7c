import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import type { Values } from "../../../api/forms";
import { tryRun } from "../../../api/trial";
import { useSentence } from "../../../components/Failure";
import { shownBody } from "../cells/shown";
import type { DocumentStore } from "../document/store";
import { begun, finished, noTrial, progressed, renamed, stopped, type Trial } from "./trial";

export interface Trying {
  trial: Trial;
  /** Runs the document as it is now, or one cell with those it reads. A run that is on its way is stopped. */
  run: (cell?: string) => void;
  stop: () => void;
  rename: (from: string, to: string) => void;
}

interface Given {
  store: DocumentStore;
  report?: string;
  values: Values;
}

/** `initial` counts when the component appears. */
export function useTrial(given: Given, initial = noTrial): Trying {
  const [trial, setTrial] = useState(initial);
  const latest = useRef(given);
  const current = useRef<AbortController>(undefined);
  const sentence = useSentence();
  const words = useRef(sentence);
  useEffect(() => {
    latest.current = given;
    words.current = sentence;
  });
  useEffect(() => () => current.current?.abort(), []);

  const run = useCallback((cell?: string) => {
    current.current?.abort();
    const abort = new AbortController();
    current.current = abort;
    const { store, report, values } = latest.current;
    const { text, model } = store.get();
    const ran = Object.fromEntries(model.cells.map(({ name, body, closed, line }) => [name, { body: shownBody(model, body, closed), line }]));
    const show = (change: (trial: Trial) => Trial) => {
      if (current.current === abort) setTrial(change);
    };
    setTrial((now) => begun(now, cell, new Date().toISOString()));
    const listen = async () => {
      for await (const event of tryRun({ document: text, report, values, cell, rows: 1000 }, abort.signal)) {
        if (event.kind === "progress") show((now) => progressed(now, event.progress));
        else show((now) => finished(now, event.result, ran));
      }
    };
    listen().catch((error: unknown) => {
      const cancelled = abort.signal.aborted;
      show((now) => stopped(now, cancelled ? "cancelled" : "failed", cancelled ? "" : words.current(error)));
    });
  }, []);

  const stop = useCallback(() => current.current?.abort(), []);
  const rename = useCallback((from: string, to: string) => setTrial((now) => renamed(now, from, to)), []);
  return useMemo(() => ({ trial, run, stop, rename }), [trial, run, stop, rename]);
}
