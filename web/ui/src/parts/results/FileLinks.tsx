import { Anchor, Group, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Run } from "../../api/runs";
import { useFormatName } from "./useFormatName";

/** The files of a run as short links, for lists. */
export function FileLinks({ run }: { run: Run }) {
  const { t } = useTranslation("results");
  const nameOf = useFormatName();
  if (run.files_removed !== null || run.artifacts.length === 0) return null;
  return (
    <Group gap="xs">
      {run.artifacts.map((artifact) => (
        <Anchor key={artifact.id} href={artifact.url} download={artifact.name} size="sm" title={artifact.name} py={3}
          aria-label={t("files.downloadNamed", { format: nameOf(artifact.format), name: artifact.name })}>
          <Group gap={4} wrap="nowrap" component="span" display="inline-flex">
            <IconDownload size={14} aria-hidden />
            <Text span inherit>
              {nameOf(artifact.format)}
            </Text>
          </Group>
        </Anchor>
      ))}
    </Group>
  );
}
