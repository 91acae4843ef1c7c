import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { type Report, useDeleteFolder, useDeleteReport } from "../../../api/reports";
import { Failure } from "../../../components/Failure";

interface SureProps {
  title: string;
  text: ReactNode;
  error: Error | null;
  busy: boolean;
  onYes: () => void;
  onClose: () => void;
}

function Sure({ title, text, error, busy, onYes, onClose }: SureProps) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": t("close") }}>
      <Stack>
        <Text>{text}</Text>
        {error && <Failure error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t("cancel")}
          </Button>
          <Button color="red" loading={busy} onClick={onYes}>
            {t("delete")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

export function DeleteReport({ report, onClose }: { report: Report; onClose: () => void }) {
  const { t } = useTranslation("home");
  const remove = useDeleteReport();
  return (
    <Sure title={t("deleteReport")} text={t("deleteReportText", { title: report.title })} error={remove.error} busy={remove.isPending}
      onYes={() => remove.mutate({ report: report.id, revision: report.revision }, { onSuccess: onClose })} onClose={onClose} />
  );
}

/** Only an empty one goes; the service says so otherwise. */
export function DeleteFolder({ path, onClose, onDone }: { path: string; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation("home");
  const remove = useDeleteFolder();
  return (
    <Sure title={t("deleteFolder")} text={t("deleteFolderText", { path })} error={remove.error} busy={remove.isPending}
      onYes={() => remove.mutate(path, { onSuccess: onDone })} onClose={onClose} />
  );
}
