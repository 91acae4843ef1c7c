import type { LocalCopy, LocalKeep } from "./keeper";

const prefix = "vitrina.draft.";

/** Where this browser keeps what was not sent, for each person and report. */
export function localKey(person: string, report: string): string {
  return `${prefix}${person}.${report}`;
}

export function localCopy(key: string): LocalCopy | undefined {
  try {
    const kept = JSON.parse(window.localStorage.getItem(key) ?? "null") as LocalCopy | null;
    return typeof kept?.text === "string" ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function localKeep(key: string): LocalKeep {
  return {
    put: (copy) => {
      try {
        window.localStorage.setItem(key, JSON.stringify(copy));
      } catch {
        // a browser without room keeps nothing; the page says that the text is not sent
      }
    },
    clear: () => {
      try {
        window.localStorage.removeItem(key);
      } catch {
        // as above
      }
    },
  };
}
