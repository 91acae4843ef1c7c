import { useState } from "react";

import type { Editing } from "./saving";

/** What was written and not saved, by name, while the pages are open: going to another page loses nothing. */
const unsaved = new Map<string, Editing>();

export const isUnsaved = (name: string) => unsaved.has(name);

export function useUnsaved(name: string): [Editing | undefined, (editing: Editing | undefined) => void] {
  const [editing, setEditing] = useState(() => unsaved.get(name));
  const keep = (next: Editing | undefined) => {
    if (next === undefined) unsaved.delete(name);
    else unsaved.set(name, next);
    setEditing(next);
  };
  return [editing, keep];
}
