import { useSyncExternalStore } from "react";

/** Whether a request was refused because the session ended while a page was open. */
let ended = false;
const watching = new Set<() => void>();

function set(value: boolean): void {
  if (ended === value) return;
  ended = value;
  for (const tell of watching) tell();
}

export const signedOut = {
  raise: () => set(true),
  over: () => set(false),
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
