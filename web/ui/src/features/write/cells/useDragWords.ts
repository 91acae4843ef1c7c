import type { Announcements, UniqueIdentifier } from "@dnd-kit/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { KeyedBlock } from "../desk/keys";

/** What is said while a block is moved by those who cannot see it. */
export function useDragWords(blocks: KeyedBlock[]) {
  const { t } = useTranslation("write");
  return useMemo(() => {
    const nameOf = ({ block: { cell } }: KeyedBlock) => {
      if (cell === undefined) return t("block.text");
      if (cell.kind === "sql") return t("cell.sqlNamed", { name: cell.name }).trim();
      return `${t(cell.kind === "chart" ? "cell.chart" : "cell.cohort")} ${cell.name}`.trim();
    };
    const words = (active: UniqueIdentifier, over = active) => {
      const at = (id: UniqueIdentifier) => blocks.findIndex(({ key }) => key === id);
      const block = blocks[at(active)];
      return { name: block === undefined ? "" : nameOf(block), place: at(over) + 1, count: blocks.length };
    };
    const announcements: Announcements = {
      onDragStart: ({ active }) => t("drag.start", words(active.id)),
      onDragOver: ({ active, over }) => (over === null ? undefined : t("drag.over", words(active.id, over.id))),
      onDragEnd: ({ active, over }) => (over === null ? t("drag.cancel", words(active.id)) : t("drag.end", words(active.id, over.id))),
      onDragCancel: ({ active }) => t("drag.cancel", words(active.id)),
    };
    return { announcements, screenReaderInstructions: { draggable: t("drag.how") } };
  }, [blocks, t]);
}
