import { Alert, Box, List, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";

import { useDesk } from "../desk/DeskContext";

const RunProgress = lazy(() => import("../../../parts/results/RunProgress").then((module) => ({ default: module.RunProgress })));

/** How a run of everything gets on, and what is to be said of the last run beyond its cells. */
export function RunNotice() {
  const { t } = useTranslation("write");
  const { trying } = useDesk();
  const { running, ended, notes, cells } = trying.trial;
  if (running !== undefined) {
    if (running.cell !== undefined || running.progress === undefined) return null;
    return (
      <Suspense>
        <Box mb="md"><RunProgress progress={running.progress} startedAt={running.since} onCancel={trying.stop} /></Box>
      </Suspense>
    );
  }
  const told = ended !== undefined && Object.values(cells).some(({ cell }) => cell.error !== "" && ended.error.endsWith(cell.error));
  return (
    <Stack gap="xs" mb={ended?.error || notes.length > 0 ? "md" : 0}>
      {ended?.status === "cancelled" && <Alert color="gray" p="xs" icon={<IconInfoCircle aria-hidden />}>{t("run.cancelled")}</Alert>}
      {ended !== undefined && ended.status === "failed" && !told && (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t("run.failed")} role="alert">
          <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>{ended.error}</Text>
          {ended.fields.length > 0 && <Text size="sm">{t("run.fields")}</Text>}
          {ended.problems.length > 0 && (
            <List size="sm">
              {ended.problems.map((problem, n) => <List.Item key={n}>{t("problems.line", { line: problem.line })}: {problem.message}</List.Item>)}
            </List>
          )}
        </Alert>
      )}
      {notes.map((note) => <Alert key={note} color="gray" p="xs" icon={<IconInfoCircle aria-hidden />}>{note}</Alert>)}
    </Stack>
  );
}
