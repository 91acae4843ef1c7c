import { useSyncExternalStore } from "react";

/** Whether a request was refused because the session ended while a page was open. */
let ended = false;
const watching = new Set<() => void>();

/** Windows of one browser share the session: who signs in again in one has done so in all. */
const windows = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("vitrina.session");
windows?.addEventListener("message", () => set(false));

function set(value: boolean): void {
  if (ended === value) return;
  ended = value;
  for (const tell of watching) tell();
}

export const signedOut = {
  raise: () => set(true),
  over: () => set(false),
  /** Also for the other windows. */
  overEverywhere: () => {
    set(false);
    windows?.postMessage("signed in");
  },
};

export function useSignedOut(): boolean {
  return useSyncExternalStore(
    (tell) => {
      watching.add(tell);
      return () => watching.delete(tell);
    },
    () => ended,
  );
}
