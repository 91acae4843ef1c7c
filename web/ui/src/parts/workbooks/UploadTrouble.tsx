import { Alert, Button, Group, Text } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import { hasCode } from "../../api/query";
import { Failure } from "../../components/Failure";
import type { Taken, Upload } from "./useUpload";

/** Why a file was not taken, or what is to be asked first. */
export function UploadTrouble({ upload }: { upload: Upload }) {
  const { t } = useTranslation("workbooks");
  if (upload.mistake !== undefined) return <Text size="sm" c="var(--mantine-color-error)" role="alert">{t(`mistake.${upload.mistake}`)}</Text>;
  if (upload.taken !== undefined) return <Ask upload={upload} taken={upload.taken} />;
  if (upload.error === null) return null;
  return hasCode(upload.error, "conflict") ? <Text size="sm" c="var(--mantine-color-error)" role="alert">{t("conflict")}</Text> : <Failure error={upload.error} />;
}

function Ask({ upload, taken: { there, free } }: { upload: Upload; taken: Taken }) {
  const { t } = useTranslation(["workbooks", "general"]);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []); // the chooser of files has had the focus
  const fromFiles = there.provisioned !== "";
  return (
    <Alert color="yellow" role="alert" title={t("taken", { name: there.name })}>
      <Text size="sm">{fromFiles ? t("takenFromFiles") : t("takenText")}</Text>
      <Group gap="xs" mt={4} p={4} mx={-4}>
        {!fromFiles && <Button size="xs" ref={first} onClick={upload.replace}>{t("replaceIt")}</Button>}
        <Button size="xs" variant="default" ref={fromFiles ? first : undefined} h="auto" mih={30} py={4} styles={{ label: { whiteSpace: "normal" } }} onClick={upload.keepBoth}>{t("keepBoth", { name: free })}</Button>
        <Button size="xs" variant="subtle" onClick={upload.forget}>{t("general:cancel")}</Button>
      </Group>
    </Alert>
  );
}
