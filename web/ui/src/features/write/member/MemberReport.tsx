import { Alert, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { type FormEvent, useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";

import { ProblemError } from "../../../api/client";
import { Failure } from "../../../components/Failure";
import { Prose } from "../../../components/Prose";
import { trialForm } from "../../../parts/form/backend";
import { FormFields } from "../../../parts/form/FormFields";
import { useForm } from "../../../parts/form/useForm";
import { RunProgress } from "../../../parts/results/RunProgress";
import { MemberResult } from "./MemberResult";
import { type TrialRun, useTrialRun } from "./useTrialRun";

interface MemberReportProps {
  text: string;
  report: string | undefined;
  group: string | undefined;
  title: string;
}

export const mostRows = 1000;

/** The page of the report: its prose, the form, and what a trial run shows. */
export function MemberReport({ text, report, group, title }: MemberReportProps) {
  const { t } = useTranslation("write");
  const backend = useMemo(() => trialForm(text, { report, group }), [text, report, group]);
  const state = useForm(backend);
  const { run, start, stop } = useTrialRun();
  const { setErrors } = state;
  useEffect(() => {
    if (run.is === "done" && run.result.fields.length > 0) setErrors(run.result.fields);
  }, [run, setErrors]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (event.target === event.currentTarget) start({ document: text, report, group, values: state.given, rows: mostRows });
  };
  if (state.form === undefined && isBroken(state.failure)) {
    return <Alert color="orange" title={t("member.broken")}>{t("member.brokenText")}</Alert>;
  }
  return (
    <Stack gap="lg">
      <Title order={1} size="h2">{title}</Title>
      {state.form !== undefined && state.form.text.trim() !== "" && <Prose text={state.form.text} />}
      <Paper component="form" withBorder p={{ base: "sm", sm: "md" }} onSubmit={submit} noValidate>
        <Stack gap="md">
          {state.form?.fields.length === 0 && <Text c="dimmed">{t("member.nothingToFill")}</Text>}
          <FormFields state={state} />
          {state.form !== undefined && (
            <Group>
              <Button type="submit" size="md" leftSection={<IconPlayerPlay size={18} aria-hidden />} loading={run.is === "running"}>{t("member.run")}</Button>
              <Text size="xs" c="dimmed" style={{ flex: 1 }}>{t("member.trial", { rows: mostRows })}</Text>
            </Group>
          )}
        </Stack>
      </Paper>
      <Came run={run} stop={stop} />
    </Stack>
  );
}

function isBroken(failure: Error | null): boolean {
  return failure instanceof ProblemError && (failure.problem.problems?.length ?? 0) > 0;
}

/** How the run gets on, and what came of it. */
function Came({ run, stop }: { run: TrialRun; stop: () => void }) {
  const { t } = useTranslation("write");
  switch (run.is) {
    case "none":
      return null;
    case "running":
      return run.progress === undefined ? <Text c="dimmed" role="status">{t("member.running")}</Text> : <RunProgress progress={run.progress} startedAt={run.since} onCancel={stop} />;
    case "stopped":
      return <Alert color="gray" role="status">{t("member.cancelled")}</Alert>;
    case "failed":
      return isBroken(run.error as Error) ? <Alert color="orange" title={t("member.broken")}>{t("member.brokenText")}</Alert> : <Failure error={run.error} />;
    case "done":
      return <MemberResult result={run.result} />;
  }
}
