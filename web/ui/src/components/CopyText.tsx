import { useClipboard } from "@mantine/hooks";
import type { ReactNode } from "react";

/** Gives its child a way to copy the text. Where the page may not write to the clipboard (over plain http), the old way is taken. */
export function CopyText({ text, children }: { text: string; children: (copied: boolean, copy: () => void) => ReactNode }) {
  const clipboard = useClipboard({ timeout: 2000 });
  const copy = () => {
    if (window.isSecureContext) clipboard.copy(text);
    else copyBySelection(text, clipboard.copy);
  };
  return <span aria-live="polite" style={{ display: "contents" }}>{children(clipboard.copied, copy)}</span>;
}

function copyBySelection(text: string, otherwise: (text: string) => void) {
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  (document.activeElement?.closest("[role=dialog]") ?? document.body).append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) otherwise(text);
}
