import { ProblemError } from "../../../api/client";
import { createDraft, deleteDraft, draftOf, getDraft, saveDraft, type Draft } from "../../../api/drafts";
import type { DraftService, KeeperOptions } from "./keeper";

/** The drafts of the service, of a report or of a new one that is to be in a folder. */
export function draftService(report: string | undefined, folder: string): DraftService {
  return {
    create: (text, base, leaving) => createDraft({ document: text, ...(report === undefined ? { folder } : { report, base }) }, leaving),
    save: (draft, text, base, leaving) =>
      saveDraft(draft.id, { version: draft.version, document: text, ...(report === undefined ? {} : { base }) }, leaving),
    current: async (draft: Draft | undefined) => {
      if (report !== undefined) return draftOf(report);
      return draft === undefined ? null : getDraft(draft.id);
    },
    remove: async (draft) => {
      await deleteDraft(draft.id).catch((error: unknown) => {
        if (!(error instanceof ProblemError) || error.problem.code !== "not_found") throw error;
      });
    },
  };
}

export const kindOf: KeeperOptions["kind"] = (error) => {
  if (!(error instanceof ProblemError)) return "unreachable";
  const { code, status } = error.problem;
  if (code === "conflict") return "apart";
  if (code === "not_found") return "gone";
  return status >= 500 || code === "unauthenticated" || code === "too_many" ? "unreachable" : "refused";
};
