import { Alert, Box, Button, Group } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";

import { documentQuery, useDuplicateReport } from "../../../api/documents";
import type { Report } from "../../../api/reports";
import { Failure } from "../../../components/Failure";
import { ShareDialog } from "../../../parts/sharing/ShareDialog";
import classes from "../cells/write.module.css";
import { blockAt, blockLines } from "../check/place";
import type { Carried } from "../open/carried";
import type { Opened } from "../open/opened";
import { SidePanel } from "../panel/SidePanel";
import { RunNotice } from "../run/RunNotice";
import { ChartDialog } from "./ChartDialog";
import { DeskContext } from "./DeskContext";
import { fillsWorkbooks } from "./fillsWorkbooks";
import { blockKeys } from "./keys";
import { MoreMenu } from "./MoreMenu";
import { Notices } from "./Notices";
import { SaveDialog } from "./SaveDialog";
import { TopBar, type View } from "./TopBar";
import { useDeskState } from "./useDeskState";
import { useDraftWords } from "./useDraftWords";
import { useKeys } from "./useKeys";
import { CellsView, TextView, wholeText } from "./Views";

const MemberPreview = lazy(() => import("../member/MemberPreview").then((module) => ({ default: module.MemberPreview })));

interface DeskPageProps {
  opened: Opened;
  carried?: Carried;
  /** `first` comes with the first save of a new report. */
  onSaved: (report: Report, first?: Carried) => void;
  onDuplicated: (report: Report) => void;
  /** The draft of a new report was thrown away: there is nothing left to write on. */
  onDropped: () => void;
}

/** Where a report is written. */
export function DeskPage({ opened, carried, onSaved, onDuplicated, onDropped }: DeskPageProps) {
  const { t } = useTranslation("write");
  const state = useDeskState(opened, carried, onSaved);
  const { desk, checked, saving, keeper, model } = state;
  const client = useQueryClient();
  const [view, setView] = useState<View>("cells");
  const [sharing, setSharing] = useState(false);
  const [member, setMember] = useState(false);
  const duplicate = useDuplicateReport();
  const words = useDraftWords({ readOnly: desk.readOnly, drafts: state.drafts, dirty: state.dirty, revision: saving.base.revision, state: state.draft });
  useKeys(desk.store, desk.readOnly, desk.save);

  const goTo = useCallback(
    (line: number, column: number) => {
      if (view === "text") return desk.handles.goTo(wholeText, { line, column });
      const index = blockAt(model, line);
      const first = blockLines(model)[index]?.editor ?? 1;
      desk.handles.goTo(blockKeys(model)[index] ?? "", { line: Math.max(1, line - first + 1), column });
    },
    [view, model, desk.handles],
  );
  /** What stands here then is the revision that is being changed, which need not be the one that was opened. */
  const drop = useMutation({
    mutationFn: async () => {
      const { revision } = saving.base;
      const same = opened.report === undefined || revision === opened.base;
      // Without a connection it fails at once: a text that came later would replace what was written meanwhile.
      const saved = () => client.fetchQuery({ ...documentQuery(opened.report!.slug, revision), networkMode: "always" });
      const text = same ? opened.saved : ((await saved()).document ?? "");
      desk.store.replace(text);
      saving.rebase({ revision, text });
      await keeper.drop(text);
    },
    onSuccess: () => opened.report === undefined && onDropped(),
  });
  const copy = () => opened.report !== undefined && duplicate.mutate({ report: opened.report.id }, { onSuccess: onDuplicated });
  const menu = (
    <MoreMenu onDuplicate={copy} onShare={() => setSharing(true)} onMember={() => setMember(true)}
      onDropDraft={state.draft.is === "none" ? undefined : () => drop.mutate()} />
  );

  return (
    <DeskContext value={desk}>
      <TopBar title={state.title} words={words} view={view} onView={setView} canUndo={state.canUndo} canRedo={state.canRedo} dirty={state.dirty} menu={menu} />
      {desk.readOnly && (
        <Alert icon={<IconLock aria-hidden />} mb="md" title={opened.report?.provisioned ? t("readOnly.provisioned") : t("readOnly.level")}>
          {desk.tries && (
            <Group><Button size="xs" variant="default" loading={duplicate.isPending} onClick={copy}>{t("readOnly.duplicate")}</Button></Group>
          )}
        </Alert>
      )}
      {drop.isError && <Failure error={drop.error} retry={() => drop.mutate()} />}
      {duplicate.isError && <Failure error={duplicate.error} />}
      <Notices opened={opened} state={state} onDrop={() => drop.mutate()} />
      <div className={classes.desk}>
        <Box miw={0}>
          <RunNotice />
          {view === "cells" ? <CellsView /> : <TextView checked={checked} />}
        </Box>
        <Box component="aside" className={classes.side} aria-label={t("panel.title")}>
          <SidePanel form={state.form} trouble={state.trouble} checked={checked} onGo={goTo} />
        </Box>
      </div>
      <SaveDialog opened={state.saveOpen && !desk.readOnly} onClose={() => { state.setSaveOpen(false); saving.forget(); }} saving={saving} title={state.title}
        isNew={opened.report === undefined} folder={opened.folder} workbooks={fillsWorkbooks(state.text)} problems={checked.problems.length} />
      {member && (
        <Suspense>
          <MemberPreview text={state.text} report={opened.report?.slug} onClose={() => setMember(false)} />
        </Suspense>
      )}
      <ChartDialog drawing={state.drawing} onClose={() => state.setDrawing(undefined)} />
      {opened.report !== undefined && <ShareDialog target={{ report: opened.report.slug }} opened={sharing} onClose={() => setSharing(false)} />}
    </DeskContext>
  );
}
