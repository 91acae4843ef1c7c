import { useEffect } from "react";

import { keptForm } from "../../parts/form/kept";
import type { Values } from "../../parts/form/values";
import { useSession } from "../../session/SessionContext";

const afterTyping = 300; // ms

/** The name under which a person's values of a report are kept in the tab. */
export function useKeptName(slug: string): string {
  return `${useSession().person.id}.${slug}`;
}

/** Keeps what is typed for as long as the tab is there, so that a reload or a lost session loses nothing. */
export function useKept(name: string, given: Values, run: string | undefined): void {
  useEffect(() => {
    const keep = () => keptForm.write(name, { given, run });
    const timer = window.setTimeout(keep, afterTyping);
    window.addEventListener("pagehide", keep);
    return () => {
      window.clearTimeout(timer);
      window.removeEventListener("pagehide", keep);
      keep();
    };
  }, [name, given, run]);
}
