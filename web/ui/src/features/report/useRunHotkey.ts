import { useWindowEvent } from "@mantine/hooks";
import type { RefObject } from "react";

/** Ctrl or ⌘ with Enter runs the report, in the form and where nothing has the focus; not in a dialog above it. */
export function useRunHotkey(form: RefObject<HTMLElement | null>, run: () => void): void {
  useWindowEvent("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    const target = event.target as Node | null;
    if (target !== document.body && !form.current?.contains(target)) return;
    event.preventDefault();
    run();
  });
}
