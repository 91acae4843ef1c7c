import { Divider, Paper, Title } from "@mantine/core";
import { useMemo, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

import { Prose } from "../../../components/Prose";
import { DocumentEditor } from "../../../parts/code";
import { Blocks } from "../cells/Blocks";
import { useVocabulary } from "../cells/useVocabulary";
import type { Checked } from "../check/useCheck";
import { useDesk } from "./DeskContext";

export const wholeText = "whole text";

/** The whole document as the text it is. */
export function TextView({ checked }: { checked: Checked }) {
  const { t } = useTranslation("write");
  const { store, readOnly, handles, save, source, tries, trying } = useDesk();
  const { text, model } = useSyncExternalStore(store.subscribe, store.get);
  const names = model.cells.filter(({ kind, name }) => kind !== "chart" && name !== "").map(({ name }) => name).join(" ");
  const completions = useVocabulary(source, names);
  const problems = useMemo(() => checked.problems.filter(({ file }) => file === "report.md"), [checked.problems]);
  const handle = useMemo(() => (one: Parameters<typeof handles.register>[1]) => handles.register(wholeText, one), [handles]);
  return (
    <DocumentEditor value={text} label={t("view.whole")} readOnly={readOnly} problems={problems} completions={completions} handle={handle} history={store}
      minLines={20} maxHeight="calc(100vh - 190px)" onSave={save} onRun={tries ? () => trying.run() : undefined}
      onFocus={() => handles.focused(wholeText)} onChange={(_, edits) => store.change(edits, { typing: true })} />
  );
}

/** The document in its blocks, and how its prose reads with the results of the last run. */
export function CellsView() {
  const { t } = useTranslation("write");
  const { trying } = useDesk();
  const { text } = trying.trial;
  return (
    <>
      <Blocks />
      {text.trim() !== "" && (
        <Paper component="section" withBorder p="md" mt="lg" aria-label={t("run.prose")}>
          <Title order={2} size="h6" c="dimmed">{t("run.prose")}</Title>
          <Divider my="xs" />
          <Prose text={text} />
        </Paper>
      )}
    </>
  );
}
