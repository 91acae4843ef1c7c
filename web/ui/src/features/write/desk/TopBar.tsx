import { ActionIcon, Box, Button, Group, SegmentedControl, Text, Title, Tooltip } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, IconDeviceFloppy, IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Ago } from "../../../components/Ago";
import { useTitle } from "../../../components/useTitle";
import classes from "../cells/write.module.css";
import { useDesk } from "./DeskContext";
import type { DraftWords } from "./useDraftWords";

export type View = "cells" | "text";

interface TopBarProps {
  title: string;
  words: DraftWords;
  view: View;
  onView: (view: View) => void;
  canUndo: boolean;
  canRedo: boolean;
  /** There is something to save. */
  dirty: boolean;
  menu: ReactNode;
}

/** Above the document: what it is, how it stands, and what can be done with all of it. */
export function TopBar({ title, words, view, onView, canUndo, canRedo, dirty, menu }: TopBarProps) {
  const { t } = useTranslation(["write", "general"]);
  const { store, readOnly, tries, trying, save } = useDesk();
  useTitle(title || t("untitled"));
  const running = trying.trial.running !== undefined;
  return (
    <div className={classes.bar}>
      <Group justify="space-between" gap="sm">
        <Box style={{ flex: "1 1 260px", minWidth: 0 }}>
          <Title order={1} size="h4" lineClamp={1}>{title || t("untitled")}</Title>
          <Text size="xs" c={words.worry ? "var(--mantine-color-error)" : "dimmed"} aria-live="polite">
            {words.text} {words.at !== undefined && <Ago at={new Date(words.at).toISOString()} />}
          </Text>
        </Box>
        <Group gap="xs">
          <SegmentedControl size="xs" aria-label={t("view.title")} value={view} onChange={(value) => onView(value as View)}
            data={[{ value: "cells", label: t("view.cells") }, { value: "text", label: t("view.text") }]} />
          {!readOnly && (
            <Group gap={2}>
              <Tooltip label={t("undo")}>
                <ActionIcon variant="subtle" color="gray" size={30} aria-label={t("undo")} disabled={!canUndo} onClick={store.undo}><IconArrowBackUp size={18} aria-hidden /></ActionIcon>
              </Tooltip>
              <Tooltip label={t("redo")}>
                <ActionIcon variant="subtle" color="gray" size={30} aria-label={t("redo")} disabled={!canRedo} onClick={store.redo}><IconArrowForwardUp size={18} aria-hidden /></ActionIcon>
              </Tooltip>
            </Group>
          )}
          {tries && (
            <Button size="xs" variant="default" leftSection={running ? <IconPlayerStop size={16} aria-hidden /> : <IconPlayerPlay size={16} aria-hidden />}
              onClick={() => (running ? trying.stop() : trying.run())}>
              {running ? t("run.stop") : t("run.all")}
            </Button>
          )}
          {!readOnly && (
            <Button size="xs" leftSection={<IconDeviceFloppy size={16} aria-hidden />} disabled={!dirty} onClick={save}>{t("general:save")}</Button>
          )}
          {menu}
        </Group>
      </Group>
    </div>
  );
}
