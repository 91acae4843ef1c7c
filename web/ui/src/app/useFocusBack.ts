import { useEffect } from "react";

const above = '[role="dialog"], [role="menu"], [role="listbox"]';

/** Whether these nodes, which were taken away, were or held a dialog. */
export function heldDialog(nodes: Iterable<Node>): boolean {
  for (const node of nodes) {
    if (node instanceof Element && (node.matches('[role="dialog"]') || node.querySelector('[role="dialog"]') !== null)) return true;
  }
  return false;
}

/** What the focus goes back to: what had it before, or the content when that has gone as well. */
export function goal(before: HTMLElement | null, content: HTMLElement | null): HTMLElement | null {
  return before?.isConnected === true ? before : content;
}

/**
 * Gives the focus back when a dialog goes. Dialogs do so themselves when they are told to close; most are simply taken away, and then
 * the keyboard would begin at the top of the page again.
 */
export function useFocusBack(content: string): void {
  useEffect(() => {
    let before: HTMLElement | null = null;
    const remember = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && target.closest(above) === null) before = target;
    };
    const observer = new MutationObserver((changes) => {
      if (document.activeElement !== document.body) return;
      if (!changes.some(({ removedNodes }) => heldDialog(removedNodes))) return;
      if (document.querySelector('[role="dialog"][aria-modal="true"]') !== null) return;
      goal(before, document.getElementById(content))?.focus({ preventScroll: true });
    });
    document.addEventListener("focusin", remember);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener("focusin", remember);
      observer.disconnect();
    };
  }, [content]);
}
