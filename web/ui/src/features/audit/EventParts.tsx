import { ActionIcon, Anchor } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { AuditEvent } from "../../api/audit";

export interface EventProps {
  event: AuditEvent;
  /** Somebody wants only what happened to one thing. */
  onObject: (id: string) => void;
}

/** What an event is about; pressed, it asks for all about it. */
export function EventObject({ event, name, onObject }: EventProps & { name: string }) {
  if (event.object_id === "") return name;
  return <Anchor component="button" type="button" inherit ta="start" style={{ overflowWrap: "anywhere" }} onClick={() => onObject(event.object_id)}>{name}</Anchor>;
}

export function DetailsButton({ action, open, onToggle }: { action: string; open: boolean; onToggle: () => void }) {
  const { t } = useTranslation("audit");
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <ActionIcon variant="subtle" color="gray" aria-expanded={open} aria-label={t("details", { action })} onClick={onToggle}>
      <Chevron size={16} aria-hidden />
    </ActionIcon>
  );
}
