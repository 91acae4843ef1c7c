import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { documentQuery } from "../../../api/documents";
import { reportQuery } from "../../../api/reports";
import type { Opened } from "../open/opened";
import { Apart } from "./Apart";
import { DraftNotice } from "./DraftNotice";
import type { useDeskState } from "./useDeskState";

interface NoticesProps {
  opened: Opened;
  state: ReturnType<typeof useDeskState>;
  onDrop: () => void;
}

/** What must be told before somebody writes on: a draft of before, other windows, other people. */
export function Notices({ opened, state, onDrop }: NoticesProps) {
  const { desk, keeper, draft } = state;
  const { t } = useTranslation("write");
  const [goesOn, setGoesOn] = useState(false);
  const begun = opened.local ?? opened.draft;
  const mine = () => desk.store.get().text;
  const [startedDirty] = useState(() => mine() !== opened.saved);
  const at = opened.local !== undefined ? new Date(opened.local.at).toISOString() : (opened.draft?.updated ?? "");
  const from = opened.draft?.base ?? opened.local?.base ?? opened.base;
  const older = from > 0 && from < opened.base ? { from, now: opened.base } : undefined;
  return (
    <>
      {begun !== undefined && startedDirty && !goesOn && draft.is !== "none" && opened.report !== undefined && (
        <DraftNotice at={at} local={opened.local !== undefined} older={older} onGoOn={() => setGoesOn(true)}
          onDrop={() => { setGoesOn(true); onDrop(); }} />
      )}
      {draft.is === "apart" && (
        <Apart id={`${draft.theirs.id} ${draft.theirs.version}`} title={t("window.title")} text={t("window.text")} mine={mine}
          theirs={() => Promise.resolve(draft.theirs.document ?? "")} onMine={() => keeper.keepMine()}
          onTheirs={() => {
            const text = keeper.takeTheirs();
            if (text !== undefined) desk.store.replace(text);
          }} />
      )}
      {opened.report !== undefined && !desk.readOnly && <Meanwhile report={opened.report.slug} state={state} />}
    </>
  );
}

const often = 30_000;

/** Somebody saved the report while it is being changed here. */
function Meanwhile({ report, state }: { report: string; state: NoticesProps["state"] }) {
  const { t } = useTranslation("write");
  const { desk, keeper, saving } = state;
  const client = useQueryClient();
  const live = useQuery({ ...reportQuery(report), refetchInterval: often });
  const current = Math.max(saving.conflict ?? 0, live.data?.revision ?? 0);
  if (current <= saving.base.revision || saving.pending) return null;
  const who = live.data?.revision === current ? live.data.updated_by_name : "";
  const theirs = async () => (await client.fetchQuery(documentQuery(report, current))).document ?? "";
  return (
    <Apart id={`${report} ${current}`} title={who === "" ? t("meanwhile.title", { revision: current }) : t("meanwhile.titleBy", { revision: current, who })}
      text={t("meanwhile.text", { base: saving.base.revision })} mine={() => desk.store.get().text} theirs={theirs}
      onMine={() => saving.rebase({ revision: current, text: saving.base.text })}
      onTheirs={(text) => {
        desk.store.replace(text);
        saving.rebase({ revision: current, text });
        void keeper.done(text, current).catch(() => undefined);
      }} />
  );
}
