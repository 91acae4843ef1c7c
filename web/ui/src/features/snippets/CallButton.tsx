import { Button } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { CopyText } from "../../components/CopyText";
import { callOf } from "./saving";

/** Copies how a report calls the snippet. */
export function CallButton({ name }: { name: string }) {
  const { t } = useTranslation("snippets");
  const { t: general } = useTranslation();
  return (
    <CopyText text={callOf(name)}>
      {(copied, copy) => (
        <Button variant="default" size="xs" title={callOf(name)} onClick={copy}
          leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}>
          {copied ? general("copied") : t("copyCall")}
        </Button>
      )}
    </CopyText>
  );
}
