import { Autocomplete, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { foldersQuery, type Report, useMoveReport } from "../../../api/reports";
import { Failure } from "../../../components/Failure";

/** Moves a report to a folder: one that is there, or a new one. */
export function MoveReport({ report, onClose }: { report: Report; onClose: () => void }) {
  const { t } = useTranslation("home");
  const { t: general } = useTranslation();
  const folders = useQuery(foldersQuery);
  const [folder, setFolder] = useState(report.folder);
  const move = useMoveReport();
  const paths = folders.data?.map(({ path }) => path).filter((path) => path !== "") ?? [];
  const send = (event: FormEvent) => {
    event.preventDefault();
    move.mutate({ report: report.id, folder: folder.trim() }, { onSuccess: onClose });
  };
  return (
    <Modal opened onClose={onClose} title={t("moveReport")} closeButtonProps={{ "aria-label": general("close") }}>
      <form onSubmit={send}>
        <Stack>
          <Text fw={600}>{report.title}</Text>
          <Autocomplete label={t("toFolder")} description={t("toFolderText")} data={paths} value={folder} onChange={setFolder} data-autofocus maxLength={500} />
          {move.isError && <Failure error={move.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {general("cancel")}
            </Button>
            <Button type="submit" loading={move.isPending} disabled={folder.trim() === report.folder}>
              {t("move")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
