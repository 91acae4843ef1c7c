import { Alert, Button, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";

import { useRestoreRevision } from "../../../api/documents";
import { hasCode } from "../../../api/query";
import { useSentence } from "../../../components/Failure";

interface RestoreButtonProps {
  slug: string;
  number: number;
  /** The newest revision that this page knows of; one that came since is not overwritten. */
  base: number;
  onDone: (revision: number) => void;
}

/** Makes an earlier revision the newest one, after asking. */
export function RestoreButton({ slug, number, base, onDone }: RestoreButtonProps) {
  const { t } = useTranslation(["write", "general"]);
  const sentence = useSentence();
  const restore = useRestoreRevision();
  const ask = () =>
    modals.openConfirmModal({
      title: t("history.restoreTitle", { number }),
      children: <Text size="sm">{t("history.restoreText", { number })}</Text>,
      labels: { confirm: t("history.restore"), cancel: t("cancel", { ns: "general" }) },
      closeButtonProps: { "aria-label": t("close", { ns: "general" }) },
      onConfirm: () =>
        restore.mutate(
          { report: slug, number, base, message: t("history.restoredMessage", { number }) },
          {
            onSuccess: (report) => {
              notifications.show({ color: "green", message: t("history.restored", { number }) });
              onDone(report.revision);
            },
          },
        ),
    });
  return (
    <>
      <Button size="compact-xs" variant="subtle" loading={restore.isPending} aria-label={t("history.restoreThis", { number })} onClick={ask}>{t("history.restore")}</Button>
      {restore.isError && (
        <Alert color="red" role="alert" p="xs">
          <Text size="xs">{hasCode(restore.error, "conflict") ? t("history.conflict") : sentence(restore.error)}</Text>
        </Alert>
      )}
    </>
  );
}
