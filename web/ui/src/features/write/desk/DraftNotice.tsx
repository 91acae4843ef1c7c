import { Alert, Button, Group, Text } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { Ago } from "../../../components/Ago";

interface DraftNoticeProps {
  /** When the draft was kept last. */
  at: string;
  /** It stood only in this browser. */
  local: boolean;
  /** The revision it was begun from, when the report is at another now. */
  older?: { from: number; now: number };
  onGoOn: () => void;
  onDrop: () => void;
}

/** Somebody comes back to a report they had begun to change. */
export function DraftNotice({ at, local, older, onGoOn, onDrop }: DraftNoticeProps) {
  const { t } = useTranslation("write");
  return (
    <Alert color="blue" icon={<IconPencil aria-hidden />} title={local ? t("draft.titleLocal") : t("draft.title")} mb="md">
      <Text size="sm" mb="xs">
        {t("draft.kept")} <Ago at={at} />. {older !== undefined && t("draft.older", older)}
      </Text>
      <Group gap="xs">
        <Button size="xs" onClick={onGoOn}>{t("draft.goOn")}</Button>
        <Button size="xs" variant="default" onClick={onDrop}>{t("draft.drop")}</Button>
      </Group>
    </Alert>
  );
}
