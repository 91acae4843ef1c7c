import { useSyncExternalStore } from "react";

import type { Editing } from "./saving";

/** What was written and not saved, by name, while the pages are open: going to another page loses nothing. */
let unsaved: ReadonlyMap<string, Editing> = new Map();
const watching = new Set<() => void>();

function watch(tell: () => void): () => void {
  watching.add(tell);
  return () => watching.delete(tell);
}

function keep(name: string, editing: Editing | undefined): void {
  const next = new Map(unsaved);
  if (editing === undefined) next.delete(name);
  else next.set(name, editing);
  unsaved = next;
  for (const tell of watching) tell();
}

export function useAllUnsaved(): ReadonlyMap<string, Editing> {
  return useSyncExternalStore(watch, () => unsaved);
}

export function useUnsaved(name: string): [Editing | undefined, (editing: Editing | undefined) => void] {
  return [useAllUnsaved().get(name), (editing) => keep(name, editing)];
}
