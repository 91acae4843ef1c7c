import type { Announcements, ScreenReaderInstructions } from "@dnd-kit/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Declared } from "../fields";

export interface Told {
  announcements: Announcements;
  screenReaderInstructions: ScreenReaderInstructions;
}

/** What is said while a field is moved by those who cannot see it. */
export function useAnnouncements(fields: Declared[], indexOf: (id: string | number) => number): Told {
  const { t } = useTranslation("write");
  return useMemo(() => {
    const words = (active: string | number, over?: string | number) => {
      const field = fields[indexOf(active)];
      return { name: field?.label || field?.name || "", place: over === undefined ? 0 : indexOf(over) + 1, count: fields.length };
    };
    return {
      screenReaderInstructions: { draggable: t("designer.dnd.how") },
      announcements: {
        onDragStart: ({ active }) => t("designer.dnd.picked", words(active.id)),
        onDragOver: ({ active, over }) => (over === null ? undefined : t("designer.dnd.over", words(active.id, over.id))),
        onDragEnd: ({ active, over }) => (over === null ? t("designer.dnd.left", words(active.id)) : t("designer.dnd.dropped", words(active.id, over.id))),
        onDragCancel: ({ active }) => t("designer.dnd.left", words(active.id)),
      },
    };
  }, [fields, indexOf, t]);
}
