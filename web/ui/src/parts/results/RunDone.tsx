import { Alert, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Run, Values } from "../../api/runs";
import { Ago } from "../../components/Ago";
import { useFormat } from "../../i18n/format";
import { AgainButton } from "./AgainButton";
import { Downloads } from "./Downloads";
import { KeptTable } from "./KeptTable";
import { cellsToShow, chartsOf, type FormAbove, isBelow, seconds } from "./results";
import { ResultSections } from "./ResultSections";
import { RunDetails } from "./RunDetails";
import { sections } from "./sections";
import { ShareMenu } from "./ShareMenu";

interface RunDoneProps {
  run: Run;
  form?: FormAbove;
  onAgain?: (values: Values) => void;
}

/** A run that found something: the files first, then what the report shows. */
export function RunDone({ run, form, onAgain }: RunDoneProps) {
  const { t } = useTranslation("results");
  const below = isBelow(form, run);
  const shown = useMemo(() => sections({ parts: run.parts, text: run.text, tables: cellsToShow(run), charts: chartsOf(run) }, below), [run, below]);
  return (
    <Stack gap="lg" component="section" aria-label={t("title")}>
      <Stack gap="sm">
        <Downloads run={run} />
        <Notes run={run} />
        <Group justify="space-between" gap="xs">
          <Age run={run} />
          <Group gap="xs">
            <AgainButton run={run} onAgain={onAgain} size="sm">
              {run.kept_from === "" ? t("again") : t("fresh")}
            </AgainButton>
            <ShareMenu run={run} />
          </Group>
        </Group>
      </Stack>
      <ResultSections sections={shown} table={(cell, place) => <KeptTable run={run} cell={cell} place={place} />} />
      <RunDetails run={run} />
    </Stack>
  );
}

/** What a reader of the files must know. A result that was cut comes first, with what to do about it. */
function Notes({ run }: { run: Run }) {
  const { t } = useTranslation("results");
  const cut = run.cells.some((cell) => cell.cut);
  if (run.notes.length === 0 && !cut) return null;
  return (
    <Alert color={cut ? "orange" : "gray"} icon={cut ? <IconAlertTriangle aria-hidden /> : <IconInfoCircle aria-hidden />} title={cut ? t("cut.title") : undefined}>
      <Stack gap={4}>
        {run.notes.map((note) => (
          <Text size="sm" key={note}>
            {note}
          </Text>
        ))}
        {cut && <Text size="sm">{t("cut.text")}</Text>}
      </Stack>
    </Alert>
  );
}

/** When the data was read, which for a kept result was before the run. */
function Age({ run }: { run: Run }) {
  const { t } = useTranslation("results");
  const format = useFormat();
  const at = run.computed ?? run.finished;
  if (at === null) return null;
  const today = format.day(at) === format.day(new Date());
  return (
    <Text size="sm" c="dimmed" className="numbers">
      {t("asOf", { time: today ? format.time(at) : format.moment(at) })}, <Ago at={at} />
      {run.kept_from !== "" ? ` · ${t("kept")}` : ` · ${t("took", { time: format.duration(seconds(run)) })}`}
    </Text>
  );
}
