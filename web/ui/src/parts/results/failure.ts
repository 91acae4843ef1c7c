import type { TFunction } from "i18next";

import type { Run } from "../../api/runs";

/** The text of what to do next, where the code of a failure alone tells it. */
export function adviceByCode(code: string) {
  switch (code) {
    case "limit":
      return "ended.adviceLimit";
    case "unavailable":
      return "ended.adviceUnavailable";
    case "invalid":
      return "ended.adviceInvalid";
    default:
      return undefined;
  }
}

/**
 * Why a run failed, in short and in the reader's language; with a code that is not known, the service's own sentence, which is English.
 * Who writes reports is told what the source said, in its words: that is what they look for in a list.
 */
export function reasonOf({ error_code: code, error }: Run, writes: boolean, t: TFunction<"results">): string {
  const known = code === "failed" && !writes ? "ended.short" : adviceByCode(code);
  return known === undefined ? error : t(known);
}
