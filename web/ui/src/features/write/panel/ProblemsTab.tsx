import { Group, Text } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { Failure } from "../../../components/Failure";
import type { Checked } from "../check/useCheck";
import { ProblemList } from "./ProblemList";

/** All that is wrong with the document; a press goes to the line. */
export function ProblemsTab({ checked, onGo }: { checked: Checked; onGo: (line: number, column: number) => void }) {
  const { t } = useTranslation("write");
  if (checked.failure !== null) return <Failure error={checked.failure} />;
  if (checked.problems.length === 0) {
    return (
      <Group gap="xs" role="status">
        <IconCircleCheck size={18} color="var(--mantine-color-green-text)" aria-hidden />
        <Text size="sm">{checked.pending ? t("problems.checking") : t("problems.none")}</Text>
      </Group>
    );
  }
  return <ProblemList problems={checked.problems} onGo={onGo} />;
}
