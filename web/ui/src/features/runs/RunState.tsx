import { Text, type TextProps } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Run } from "../../api/runs";
import { FailureLine } from "../../parts/results/FailureLine";

/** Why a run is as it is, where its status does not tell all. */
export function RunState({ run, ...looks }: { run: Run } & TextProps) {
  const words = useWords(run);
  if (run.status === "failed") return <FailureLine run={run} {...looks} />;
  if (words === "") return null;
  return (
    <Text c="dimmed" {...looks}>
      {words}
    </Text>
  );
}

function useWords(run: Run): string {
  const { t } = useTranslation("runs");
  if (run.status === "cancelled") return run.cancelled_by === "" ? "" : t("cancelledBy", { person: run.cancelled_by_name });
  if (run.files_removed !== null) return t("filesGone");
  return run.kept_from === "" ? "" : t("kept");
}
