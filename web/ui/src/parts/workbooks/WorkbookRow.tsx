import { ActionIcon, Box, Group, Text, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { IconDownload, IconFileSpreadsheet, IconReplace, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { fileAddress, fileUsesQuery, type WorkbookFile } from "../../api/files";
import { Ago } from "../../components/Ago";
import { useFormat } from "../../i18n/format";
import { ChooseFile } from "./ChooseFile";
import { DeleteWorkbook } from "./DeleteWorkbook";
import { UploadTrouble } from "./UploadTrouble";
import { useUpload } from "./useUpload";
import { WorkbookUses } from "./WorkbookUses";

/** A workbook: what it is, which reports fill it, and what can be done with it. */
export function WorkbookRow({ file }: { file: WorkbookFile }) {
  const { t } = useTranslation("workbooks");
  const format = useFormat();
  const uses = useQuery(fileUsesQuery(file.folder, file.name));
  const [removing, { open: remove, close: stay }] = useDisclosure(false);
  const upload = useUpload(file.folder, () => undefined, file);
  const { name } = file;
  const fixed = file.provisioned !== "";
  return (
    <Box component="li" py="xs" style={{ borderBottom: "1px solid var(--mantine-color-default-border)" }}>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <IconFileSpreadsheet size={20} aria-hidden style={{ flex: "none", marginTop: 2 }} />
        <Box style={{ flex: 1, minWidth: 0 }}>
          <Text fw={500} style={{ overflowWrap: "anywhere" }}>{name}</Text>
          <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
            {format.bytes(file.bytes)} · {fixed ? t("fromFiles") : t("by", { person: file.author_name })} · <Ago at={file.updated} />
          </Text>
          <WorkbookUses uses={uses} />
        </Box>
        <Group gap={2} wrap="nowrap">
          <Tooltip label={t("download")}>
            <ActionIcon component="a" href={fileAddress(file)} download={name} variant="subtle" color="gray" size="lg" aria-label={t("downloadOf", { name })}>
              <IconDownload size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
          {!fixed && (
            <>
              <ChooseFile onChoose={(chosen) => void upload.choose(chosen)}>
                {(open) => (
                  <Tooltip label={t("replace")}>
                    <ActionIcon variant="subtle" color="gray" size="lg" loading={upload.pending} aria-label={t("replaceOf", { name })} onClick={open}>
                      <IconReplace size={18} aria-hidden />
                    </ActionIcon>
                  </Tooltip>
                )}
              </ChooseFile>
              <Tooltip label={t("delete")}>
                <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("deleteOf", { name })} aria-expanded={removing} onClick={removing ? stay : remove}>
                  <IconTrash size={18} aria-hidden />
                </ActionIcon>
              </Tooltip>
            </>
          )}
        </Group>
      </Group>
      <UploadTrouble upload={upload} />
      {removing && <DeleteWorkbook file={file} uses={uses.data} onClose={stay} />}
    </Box>
  );
}
