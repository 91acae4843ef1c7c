import { Text, type TextProps } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Run } from "../../api/runs";
import { useRole } from "../../session/SessionContext";
import { reasonOf } from "./failure";

/** Why a run failed, for lists; the service's own sentence comes on hover and stands on the run's page. */
export function FailureLine({ run, ...looks }: { run: Run } & TextProps) {
  const { t } = useTranslation("results");
  const words = reasonOf(run, useRole("analyst"), t);
  return (
    <Text c="dimmed" {...looks} title={run.error} lang={words === run.error ? "en" : undefined}>
      {words}
    </Text>
  );
}
