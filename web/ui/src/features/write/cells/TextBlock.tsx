import { ActionIcon } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { memo, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { Prose } from "../../../components/Prose";
import { TextEditor } from "../../../parts/code";
import { useDesk } from "../desk/DeskContext";
import { BlockFrame, type BlockActions } from "./BlockFrame";
import { BlockProblems } from "./BlockProblems";
import { fits, marginsOf, shownText, type Margins } from "./shown";
import { useVocabulary } from "./useVocabulary";
import classes from "./write.module.css";

interface TextBlockProps {
  id: string;
  index: number;
  text: string;
  /** Names of all cells, apart by spaces: prose may tell of any. */
  cells: string;
  first: boolean;
  last: boolean;
  /** It was just put in: somebody wants to write. */
  fresh: boolean;
  actions: BlockActions;
}

/** Prose: shown as people will see it, and as Markdown while somebody writes in it. */
export const TextBlock = memo(function TextBlock({ id, index, text, cells, first, last, fresh, actions }: TextBlockProps) {
  const { t } = useTranslation("write");
  const { store, readOnly, handles, placed, save, trying } = useDesk();
  const [margins, setMargins] = useState<Margins | undefined>(fresh ? marginsOf(text) : undefined);
  const writing = margins !== undefined && !readOnly;
  const held = margins !== undefined && fits(text, margins) ? margins : marginsOf(text);
  const problems = placed.get(index);
  const completions = useVocabulary("", cells);
  useEffect(() => handles.opener(id, () => setMargins(marginsOf(store.get().text.slice(store.get().model.blocks[index]!.from, store.get().model.blocks[index]!.to)))), [handles, id, store, index]);
  const handle = useMemo(() => (one: Parameters<typeof handles.register>[1]) => handles.register(id, one), [handles, id]);
  const open = () => {
    if (readOnly) return;
    handles.goTo(id, { line: 1 });
  };
  const label = t("block.text");
  const pencil = (
    <ActionIcon variant="subtle" color="gray" size={26} aria-label={t("block.write")} onClick={open}>
      <IconPencil size={16} aria-hidden />
    </ActionIcon>
  );
  return (
    <BlockFrame id={id} label={label} first={first} last={last} readOnly={readOnly} actions={actions} head={!readOnly && !writing && pencil}>
      {writing ? (
        <TextEditor value={shownText(text, held)} label={label} minLines={2} autoFocus selected={fresh && shownText(text, held) === t("add.newText")} problems={problems} completions={completions} handle={handle}
          history={store} onSave={save} onRun={() => trying.run()}
          onFocus={() => handles.focused(id)}
          onBlur={() => setMargins(undefined)}
          onChange={(_, edits) => {
            const from = store.get().model.blocks[index]!.from + held.lead;
            store.change(edits.map((edit) => ({ ...edit, from: edit.from + from, to: edit.to + from })), { typing: true });
          }} />
      ) : (
        <div className={readOnly ? undefined : classes.text} onClick={open}>
          <Prose text={shownText(text, marginsOf(text))} comments />
        </div>
      )}
      {!writing && <BlockProblems problems={problems} />}
    </BlockFrame>
  );
});
