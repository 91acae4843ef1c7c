import { Alert, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Run, Values } from "../../api/runs";
import { Ago } from "../../components/Ago";
import { AgainButton } from "./AgainButton";
import { adviceByCode } from "./failure";
import { RunDetails } from "./RunDetails";
import { ShareMenu } from "./ShareMenu";
import { useMaySee } from "./useLevel";

/** A run that failed or was cancelled: why, and what can be done. */
export function RunEnded({ run, onAgain }: { run: Run; onAgain?: (values: Values) => void }) {
  const { t, i18n } = useTranslation("results");
  const advice = useAdvice(run);
  const failed = run.status === "failed";
  const foreign = i18n.resolvedLanguage !== "en"; // the service tells reasons in English: those who read another language read the advice first
  const reason = (
    <Text size="sm" lang="en" style={{ whiteSpace: "pre-wrap" }}>
      {run.error}
    </Text>
  );
  return (
    <Stack gap="md" component="section" aria-label={t("title")}>
      <Alert color={failed ? "red" : "gray"} icon={failed ? <IconAlertTriangle aria-hidden /> : <IconCircleX aria-hidden />} role={failed ? "alert" : "status"}
        title={failed ? t("ended.failed") : run.cancelled_by === "" ? t("ended.cancelled") : t("ended.cancelledBy", { person: run.cancelled_by_name })}>
        <Stack gap="xs">
          {failed && !foreign && reason}
          <Text size="sm">{advice}</Text>
          {failed && foreign && reason}
          {run.finished !== null && <Text size="xs" c="dimmed"><Ago at={run.finished} /></Text>}
        </Stack>
      </Alert>
      <Group gap="xs">
        <AgainButton run={run} onAgain={onAgain}>
          {t("again")}
        </AgainButton>
        <ShareMenu run={run} />
      </Group>
      <RunDetails run={run} />
    </Stack>
  );
}

/** What to do next, by the kind of failure. */
function useAdvice(run: Run): string {
  const { t } = useTranslation("results");
  const sees = useMaySee(run);
  if (run.status === "cancelled") return t("ended.adviceCancelled");
  return t(adviceByCode(run.error_code) ?? (sees ? "ended.adviceAuthor" : "ended.advice"));
}
