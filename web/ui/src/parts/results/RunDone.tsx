import { Alert, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Run, Values } from "../../api/runs";
import { Ago } from "../../components/Ago";
import { Prose } from "../../components/Prose";
import { useFormat } from "../../i18n/format";
import { AgainButton } from "./AgainButton";
import { Downloads } from "./Downloads";
import { ResultChart } from "./ResultChart";
import { ResultTabs } from "./ResultTabs";
import { chartsOf, seconds } from "./results";
import { RunDetails } from "./RunDetails";
import { ShareMenu } from "./ShareMenu";

/** A run that found something: the files first, then the text, the charts and the rows. */
export function RunDone({ run, onAgain }: { run: Run; onAgain?: (values: Values) => void }) {
  const { t } = useTranslation("results");
  const charts = chartsOf(run);
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
      {run.text !== "" && <Prose text={run.text} />}
      {charts.length > 0 && (
        <SimpleGrid cols={{ base: 1, lg: charts.length > 1 ? 2 : 1 }} spacing="lg">
          {charts.map((chart) => (
            <ResultChart key={chart.name} chart={chart} />
          ))}
        </SimpleGrid>
      )}
      <ResultTabs run={run} />
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
