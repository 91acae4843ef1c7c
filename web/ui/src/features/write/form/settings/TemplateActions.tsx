import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDownload, IconReplace, IconUpload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { fileAddress, type WorkbookFile } from "../../../../api/files";
import { ChooseFile } from "../../../../parts/workbooks/ChooseFile";
import { UploadTrouble } from "../../../../parts/workbooks/UploadTrouble";
import { useUpload } from "../../../../parts/workbooks/useUpload";
import { WorkbooksDialog } from "../../../../parts/workbooks/WorkbooksDialog";
import { useDesigner } from "../DesignerContext";

interface TemplateActionsProps {
  folder: string;
  /** The workbook that is chosen, if it is there. */
  file: WorkbookFile | undefined;
  onChosen: (name: string) => void;
}

/** What can be done with workbooks where one is chosen. */
export function TemplateActions({ folder, file, onChosen }: TemplateActionsProps) {
  const { t } = useTranslation(["write", "workbooks"]);
  const { readOnly } = useDesigner();
  const upload = useUpload(folder, ({ name }) => onChosen(name));
  const replace = useUpload(folder, () => undefined, file);
  const [listed, { open: list, close: unlist }] = useDisclosure(false);
  return (
    <>
      <Group gap={6}>
        {!readOnly && (
          <ChooseFile onChoose={(chosen) => void upload.choose(chosen)}>
            {(open) => <Button size="compact-xs" variant="default" leftSection={<IconUpload size={14} aria-hidden />} loading={upload.pending} onClick={open}>{t("workbooks:upload")}</Button>}
          </ChooseFile>
        )}
        {!readOnly && file !== undefined && file.provisioned === "" && (
          <ChooseFile onChoose={(chosen) => void replace.choose(chosen)}>
            {(open) => (
              <Button size="compact-xs" variant="default" leftSection={<IconReplace size={14} aria-hidden />} loading={replace.pending} title={t("workbooks:replaceOf", { name: file.name })} onClick={open}>
                {t("workbooks:replaceShort")}
              </Button>
            )}
          </ChooseFile>
        )}
        {file !== undefined && (
          <Button component="a" href={fileAddress(file)} download={file.name} size="compact-xs" variant="default" leftSection={<IconDownload size={14} aria-hidden />}
            title={t("workbooks:downloadOf", { name: file.name })}>
            {t("workbooks:download")}
          </Button>
        )}
        <Button size="compact-xs" variant="subtle" onClick={list}>{t("designer.templateAll")}</Button>
      </Group>
      <UploadTrouble upload={upload} />
      <UploadTrouble upload={replace} />
      <WorkbooksDialog folder={folder} opened={listed} onClose={unlist} />
    </>
  );
}
