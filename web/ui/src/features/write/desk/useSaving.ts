import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { useCreateReport, useSaveDocument } from "../../../api/documents";
import { ProblemError } from "../../../api/client";
import { reportQuery, type Report } from "../../../api/reports";
import type { DraftKeeper } from "../draft/keeper";
import type { DocumentStore } from "../document/store";
import type { Opened } from "../open/opened";

export interface SaveWish {
  message: string;
  folder: string;
  slug: string;
}

/** The revision that is being changed, and its text. */
export interface Base {
  revision: number;
  text: string;
}

export function useSaving(opened: Opened, store: DocumentStore, keeper: DraftKeeper, onSaved: (report: Report) => void) {
  const [base, setBase] = useState<Base>({ revision: opened.base, text: opened.saved });
  const [conflict, setConflict] = useState<number>();
  const save = useSaveDocument();
  const create = useCreateReport();
  const client = useQueryClient();
  const failed = (error: Error): boolean => {
    if (!(error instanceof ProblemError) || error.problem.conflict === undefined) return false;
    setConflict(error.problem.conflict.current);
    if (opened.report !== undefined) void client.invalidateQueries(reportQuery(opened.report.slug)); // says who it was
    return true;
  };
  const finish = async (report: Report, text: string) => {
    setBase({ revision: report.revision, text });
    setConflict(undefined);
    await keeper.done(text, report.revision).catch(() => undefined); // a draft that stays is offered again and says what it is of
    onSaved(report);
  };
  const begin = async ({ message, folder, slug }: SaveWish) => {
    const { text } = store.get();
    const note = message.trim() === "" ? undefined : message.trim();
    const report =
      opened.report === undefined
        ? await create.mutateAsync({ document: text, folder, slug: slug.trim() || undefined, message: note })
        : await save.mutateAsync({ report: opened.report.id, base: base.revision, document: text, message: note });
    await finish(report, text);
  };
  /** Goes on from a revision that somebody else saved. */
  const rebase = (next: Base) => {
    setBase(next);
    setConflict(undefined);
    keeper.rebase(next.revision);
  };
  return {
    base,
    conflict,
    /** Whether there is nothing more to ask: it is saved, or somebody else saved and the page tells so. */
    save: (wish: SaveWish) => begin(wish).then(() => true, failed),
    pending: save.isPending || create.isPending,
    failure: save.error ?? create.error,
    forget: () => {
      save.reset();
      create.reset();
    },
    rebase,
  };
}

export type Saving = ReturnType<typeof useSaving>;
