import { Alert, Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Schemas } from "../../api/client";
import { useDeleteFile, type WorkbookFile } from "../../api/files";
import { Failure } from "../../components/Failure";

interface DeleteWorkbookProps {
  file: WorkbookFile;
  /** Undefined while nobody knows. */
  uses: Schemas["FileUses"] | undefined;
  onClose: () => void;
}

/** Asks once more; a workbook that reports fill stays. */
export function DeleteWorkbook({ file, uses, onClose }: DeleteWorkbookProps) {
  const { t } = useTranslation(["workbooks", "general"]);
  const remove = useDeleteFile(file.folder);
  const used = uses !== undefined && uses.items.length + uses.hidden > 0;
  return (
    <Alert color={used ? "yellow" : "red"} mt="xs" role="alert" title={used ? t("stillUsed") : t("deleteAsk", { name: file.name })}>
      <Text size="sm">{used ? t("stillUsedText") : t("deleteText")}</Text>
      {remove.isError && <Failure error={remove.error} />}
      <Group gap="xs" mt={4} p={4} mx={-4}>
        <Button size="xs" variant="default" autoFocus onClick={onClose}>{used ? t("general:close") : t("general:cancel")}</Button>
        {!used && <Button size="xs" color="red" loading={remove.isPending} onClick={() => remove.mutate(file)}>{t("general:delete")}</Button>}
      </Group>
    </Alert>
  );
}
