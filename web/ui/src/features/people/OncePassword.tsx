import { Alert, Button, Code, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { CopyText } from "../../components/CopyText";

/** A password that opens once and is never shown again. */
export function OncePassword({ email, password }: { email: string; password: string }) {
  const { t } = useTranslation("people");
  return (
    <Alert color="blue" title={t("once", { email })} role="status">
      <Text size="sm" mb="xs">{t("onceText")}</Text>
      <Group gap="sm">
        <Code fz="md">{password}</Code>
        <CopyText text={password}>
          {(copied, copy) => <Button size="xs" variant="default" autoFocus onClick={copy}>{copied ? t("copied") : t("copy")}</Button>}
        </CopyText>
      </Group>
    </Alert>
  );
}
