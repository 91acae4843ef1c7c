import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconUpload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { filesQuery } from "../../api/files";
import { Failure } from "../../components/Failure";
import { HelpLink } from "../../components/HelpLink";
import { Nothing } from "../../components/Nothing";
import { Waiting } from "../../components/Waiting";
import { ChooseFile } from "./ChooseFile";
import { UploadTrouble } from "./UploadTrouble";
import { useUpload } from "./useUpload";
import { WorkbookRow } from "./WorkbookRow";

interface WorkbooksDialogProps {
  folder: string;
  opened: boolean;
  onClose: () => void;
}

/** The workbooks that reports of a folder fill, and what can be done with them. */
export function WorkbooksDialog({ folder, opened, onClose }: WorkbooksDialogProps) {
  const { t } = useTranslation(["workbooks", "general"]);
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={folder === "" ? t("title") : t("titleIn", { folder })} closeButtonProps={{ "aria-label": t("general:close") }}>
      {opened && <Workbooks folder={folder} />}
    </Modal>
  );
}

function Workbooks({ folder }: { folder: string }) {
  const { t } = useTranslation("workbooks");
  const files = useQuery(filesQuery(folder));
  const upload = useUpload(folder, () => undefined);
  if (files.isPending) return <Waiting />;
  if (files.isError) return <Failure error={files.error} retry={() => void files.refetch()} />;
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t("about")} <HelpLink page="exports" anchor={t("helpAnchor")}>{t("help")}</HelpLink>
      </Text>
      {files.data.length === 0 ? <Nothing title={t("empty")} text={t("emptyText")} /> : (
        <Stack component="ul" gap={0} m={0} p={0} style={{ listStyle: "none" }} aria-label={t("title")}>
          {files.data.map((file) => <WorkbookRow key={file.name} file={file} />)}
        </Stack>
      )}
      <UploadTrouble upload={upload} />
      <Group>
        <ChooseFile onChoose={(file) => void upload.choose(file)}>
          {(open) => <Button leftSection={<IconUpload size={16} aria-hidden />} loading={upload.pending} onClick={open}>{t("upload")}</Button>}
        </ChooseFile>
      </Group>
    </Stack>
  );
}
