import { Group, Loader, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconClock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { RunStatus } from "../../api/runs";

const marks = {
  queued: { icon: IconClock, colour: "var(--mantine-color-dimmed)" },
  running: { icon: undefined, colour: undefined },
  succeeded: { icon: IconCircleCheck, colour: "var(--mantine-color-green-text)" },
  failed: { icon: IconAlertTriangle, colour: "var(--mantine-color-error)" },
  cancelled: { icon: IconCircleX, colour: "var(--mantine-color-dimmed)" },
} as const;

/** The state of a run as a sign and a word. */
export function StatusMark({ status }: { status: RunStatus }) {
  const { t } = useTranslation();
  const { icon: Icon, colour } = marks[status];
  return (
    <Group gap={6} wrap="nowrap" component="span" display="inline-flex">
      {Icon === undefined ? <Loader size={16} aria-hidden /> : <Icon size={18} color={colour} aria-hidden style={{ flex: "none" }} />}
      <Text span size="sm">
        {t(`status.${status}`)}
      </Text>
    </Group>
  );
}
