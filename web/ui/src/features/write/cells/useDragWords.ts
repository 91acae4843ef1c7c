import type { Announcements } from "@dnd-kit/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

/** What a screen reader says while a block is moved with the keyboard. */
export function useDragWords() {
  const { t } = useTranslation("write");
  return useMemo(() => {
    const announcements: Announcements = {
      onDragStart: () => t("drag.start"),
      onDragOver: ({ over }) => (over === null ? undefined : t("drag.over")),
      onDragEnd: () => t("drag.end"),
      onDragCancel: () => t("drag.cancel"),
    };
    return { announcements, screenReaderInstructions: { draggable: t("drag.how") } };
  }, [t]);
}
