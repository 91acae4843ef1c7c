import { Alert, Box, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconInfoCircle } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import type { Report } from "../../api/reports";
import { type Run, runQuery } from "../../api/runs";
import { useFormat } from "../../i18n/format";
import type { FormState } from "../../parts/form/useForm";
import { sameAsRecorded, type Values } from "../../parts/form/values";
import { useSession } from "../../session/SessionContext";

interface RunHeadingProps {
  run: string;
  state: FormState;
  /** What the form held when the run was started here. */
  snapshot: Values | undefined;
  report: Report | undefined;
}

/** Where the results begin: whose they are, and whether the form has moved on since. */
export function RunHeading({ run: id, state, snapshot, report }: RunHeadingProps) {
  const { t } = useTranslation("report");
  const { person } = useSession();
  const format = useFormat();
  const run = useQuery(runQuery(id)).data;
  const ref = useRef<HTMLHeadingElement>(null);
  const isNew = snapshot !== undefined;
  useEffect(() => {
    if (isNew) goTo(ref.current);
  }, [id, isNew]);
  const foreign = run !== undefined && run.person_id !== person.id;
  const elsewhere = run !== undefined && report !== undefined && run.report_id !== report.id;
  return (
    <Box mb="sm">
      <Title order={2} size="h3" ref={ref} tabIndex={-1} style={{ outline: "none", scrollMarginTop: 72 }}>
        {t("result")}
      </Title>
      {foreign && (
        <Text size="sm" c="dimmed">
          {t("runOf", { person: run.person_name === "" ? t("somebody") : run.person_name, at: format.moment(run.queued) })}
        </Text>
      )}
      <Box aria-live="polite">
        {elsewhere && <Alert color="yellow" mt="xs" icon={<IconInfoCircle aria-hidden />}>{t("otherReport", { title: run.title })}</Alert>}
        {run !== undefined && !elsewhere && movedOn(run, state, snapshot) && (
          <Alert color="yellow" mt="xs" p="xs" icon={<IconInfoCircle aria-hidden />}>
            {t("movedOn")}
          </Alert>
        )}
      </Box>
    </Box>
  );
}

/** How much of the results is to be seen without scrolling, in pixels: the progress, and then the files. */
const glance = 320;

/** The results of a run that was just started come into view, and what is read next is their heading. On a large screen the button stays in view too. */
function goTo(heading: HTMLElement | null): void {
  if (heading === null) return;
  const phone = window.matchMedia("(max-width: 48em)").matches;
  const { top } = heading.getBoundingClientRect();
  heading.focus({ preventScroll: true });
  if (phone) heading.scrollIntoView({ block: "start" });
  else if (top < 72 || top > window.innerHeight - glance) heading.scrollIntoView({ block: "center" });
}

function movedOn(run: Run, state: FormState, snapshot: Values | undefined): boolean {
  if (state.form === undefined) return false;
  if (snapshot === state.values) return false;
  return !sameAsRecorded(state.form, state.values, state.given, { values: run.values, zone: run.timezone, at: new Date(run.started ?? run.queued) });
}
