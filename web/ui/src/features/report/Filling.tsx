import { Box, Paper, Stack, Text } from "@mantine/core";
import { createElement, type FormEvent, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";

import type { Report } from "../../api/reports";
import { Prose } from "../../components/Prose";
import { Waiting } from "../../components/Waiting";
import { reportForm } from "../../parts/form/backend";
import { FormFields } from "../../parts/form/FormFields";
import { keptForm } from "../../parts/form/kept";
import { useForm } from "../../parts/form/useForm";
import type { Values } from "../../parts/form/values";
import { RunBar } from "./RunBar";
import { RunHeading } from "./RunHeading";
import { useProse } from "./useProse";
import { useKept } from "./useKept";
import { useResultsAhead } from "./useResultsAhead";
import { useRunHotkey } from "./useRunHotkey";
import { useStart } from "./useStart";

interface FillingProps {
  slug: string;
  report: Report | undefined;
  keptName: string;
  initial: Values;
  run: string | undefined;
  started: Record<string, Values>;
  onStarted: (run: string, values: Values) => void;
}

/** The form, the button that runs it, and below what came of it. */
export function Filling({ slug, report, keptName, initial, run, started, onStarted }: FillingProps) {
  const { t } = useTranslation("report");
  const backend = useMemo(() => reportForm(slug), [slug]);
  const state = useForm(backend, initial);
  const prose = useProse(state);
  const results = useResultsAhead(state.form !== undefined, run !== undefined);
  useKept(keptName, state.given, run);
  const { start, again, pending, failure } = useStart({ slug, state, onStarted });
  const form = useRef<HTMLFormElement>(null);
  useRunHotkey(form, start);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (event.target === event.currentTarget) start();
  };
  const reset = () => {
    state.reset();
    keptForm.forget(keptName);
  };
  return (
    <Stack gap="lg">
      {prose !== "" && <Prose text={prose} />}
      <Paper component="form" ref={form} withBorder p={{ base: "sm", sm: "md" }} onSubmit={submit} noValidate aria-label={t("form")}>
        {state.form?.fields.length === 0 && <Text c="dimmed" mb="md">{t("nothingToFill")}</Text>}
        <FormFields state={state} />
        {state.form !== undefined && <RunBar state={state} pending={pending} failure={failure} onRun={start} onReset={reset} />}
      </Paper>
      {run !== undefined && (
        <Box mih={{ base: "calc(100dvh - 72px)", sm: "50dvh" }}>
          <RunHeading run={run} state={state} snapshot={started[run]} report={report} />
          {results === null ? <Waiting /> : createElement(results, { run, form: report, onAgain: again })}
        </Box>
      )}
    </Stack>
  );
}
