import { useEffect } from "react";

import type { DocumentStore } from "../document/store";

const writing = "input, textarea, select, [contenteditable=true], [role=dialog]";

/** Undo, redo and save wherever nobody is writing in a field of its own. */
export function useKeys(store: DocumentStore, readOnly: boolean, save: () => void): void {
  useEffect(() => {
    if (readOnly) return;
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return;
      const key = event.key.toLowerCase();
      const free = !(event.target instanceof Element && event.target.closest(writing) !== null);
      if (key === "s") save();
      else if (key === "z" && free) (event.shiftKey ? store.redo : store.undo)();
      else if (key === "y" && free) store.redo();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [store, readOnly, save]);
}
