import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconGitMerge } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Snippet } from "../../api/snippets";
import { DiffView } from "../../parts/code";

interface BehindProps {
  kept: Snippet;
  mine: string;
  onTake: () => void;
  onOver: () => void;
}

/** Somebody saved while one wrote: what is different, and whose is to hold. Nothing is lost either way but by choice. */
export function Behind({ kept, mine, onTake, onOver }: BehindProps) {
  const { t } = useTranslation("snippets");
  const [shown, setShown] = useState(false);
  return (
    <Alert color="yellow" role="alert" icon={<IconGitMerge aria-hidden />} title={t("behind", { author: kept.author_name, number: kept.revision })}>
      <Stack gap="sm">
        <Text size="sm">{t("behindText")}</Text>
        {shown && <DiffView before={kept.sql} after={mine} labels={{ before: t("theirs"), after: t("mine") }} />}
        <Group gap="xs">
          {!shown && <Button size="xs" variant="default" onClick={() => setShown(true)}>{t("compare")}</Button>}
          <Button size="xs" variant="default" onClick={onOver}>{t("over")}</Button>
          <Button size="xs" variant="default" onClick={onTake}>{t("take")}</Button>
        </Group>
      </Stack>
    </Alert>
  );
}
