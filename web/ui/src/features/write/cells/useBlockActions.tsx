import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { useDesk } from "../desk/DeskContext";
import { blockKeys, shownBlocks } from "../desk/keys";
import { apply, freeName, insertCell, insertText, moveBlock, parseDocument, removeBlock, type DocumentModel } from "../document";
import type { NewKind } from "./AddBlock";
import { cellBefore, chartOf } from "./newChart";

/** Putting in, moving and deleting blocks. Keys name blocks as they are when the person acts. */
export function useBlockActions() {
  const { t } = useTranslation("write");
  const { store, trying, draw } = useDesk();
  const [fresh, setFresh] = useState<string>();
  const results = trying.trial.cells;

  const actions = useMemo(() => {
    const indexOf = (key: string) => blockKeys(store.get().model).indexOf(key);
    return {
      /** Past the next block that is shown, in either direction. */
      move: (key: string, by: -1 | 1) => {
        const { model } = store.get();
        const shown = shownBlocks(model).filter(({ block }) => block.kind !== "front");
        const target = shown[shown.findIndex((one) => one.key === key) + by];
        if (target !== undefined) store.change(moveBlock(model, indexOf(key), by < 0 ? target.index : target.index + 1));
      },
      remove: (key: string) => {
        store.change(removeBlock(store.get().model, indexOf(key)));
        const id = notifications.show({
          autoClose: 8_000,
          withCloseButton: false,
          message: (
            <Group justify="space-between" wrap="nowrap">
              {t("block.removed")}
              <Button size="compact-sm" variant="light" onClick={() => { store.undo(); notifications.hide(id); }}>{t("undo")}</Button>
            </Group>
          ),
        });
      },
    };
  }, [store, t]);

  const drop = (from: string, over: string) => {
    const { model } = store.get();
    const keys = blockKeys(model);
    const [index, target] = [keys.indexOf(from), keys.indexOf(over)];
    store.change(moveBlock(model, index, target > index ? target + 1 : target));
  };

  const add = (kind: NewKind, before: number) => {
    const { model } = store.get();
    const drawn = kind === "chart" ? cellBefore(model, before) : undefined;
    if (drawn !== undefined && (results[drawn]?.cell.result.columns.length ?? 0) > 0) return draw({ cell: drawn });
    const edits = editsFor(kind, before, model);
    if (edits.length === 0) return;
    store.change(edits);
    setFresh(keyOfNew(model, parseDocument(apply(model.text, edits)), kind, before));
  };

  function editsFor(kind: NewKind, before: number, model: DocumentModel) {
    if (kind === "text") return insertText(model, before, t("add.newText"));
    if (kind === "sql") return insertCell(model, before, { kind, name: freeName(model, "query"), body: "SELECT 1 AS one" });
    return insertCell(model, before, { kind, name: freeName(model, "chart"), body: chartOf(model, before, (name) => results[name]?.cell.result.columns ?? []) });
  }

  return { actions, fresh, add, drop };
}

/** The key of a block that was put in: the one that was not there before. */
function keyOfNew(before: DocumentModel, after: DocumentModel, kind: NewKind, at: number): string | undefined {
  const known = new Set(before.cells.map(({ name }) => name));
  const keys = blockKeys(after);
  if (kind !== "text") return keys[after.blocks.findIndex(({ cell }) => cell !== undefined && !known.has(cell.name))];
  const place = before.blocks[at]?.from ?? before.text.length;
  return keys[after.blocks.findLastIndex((block) => block.kind === "text" && block.from <= place)];
}
