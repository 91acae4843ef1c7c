import { Anchor, Group, Paper, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Run } from "../../api/runs";
import { Ago } from "../../components/Ago";
import { Cards } from "../../components/Cards";
import { PersonName } from "../../components/PersonName";
import { FileLinks } from "../../parts/results/FileLinks";
import { StatusMark } from "../../parts/results/StatusMark";
import { paths } from "../../paths";
import { RunActions } from "./RunActions";
import { RunState } from "./RunState";
import { useFigures } from "./useFigures";

/** The list of runs where a table does not fit. */
export function RunCards({ runs, who }: { runs: Run[]; who: boolean }) {
  const { t } = useTranslation("runs");
  return (
    <Cards label={t("title")}>
      {runs.map((run) => (
        <RunCard key={run.id} run={run} who={who} />
      ))}
    </Cards>
  );
}

function RunCard({ run, who }: { run: Run; who: boolean }) {
  const { t } = useTranslation("runs");
  const figures = useFigures(run);
  return (
    <Paper component="li" withBorder p="sm">
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <Anchor component={Link} to={paths.run(run.id)} fw={500}>
          {run.title}
        </Anchor>
        <RunActions run={run} />
      </Group>
      <Group gap="sm" mt={4}>
        <StatusMark status={run.status} />
        <Text size="sm" c="dimmed" className="numbers">
          <Ago at={run.queued} />
          {figures.duration !== "" && ` · ${figures.duration}`}
          {figures.rows !== "" && ` · ${t("rowsOf", { rows: figures.rows })}`}
        </Text>
      </Group>
      {who && (
        <Text size="sm" c="dimmed">
          <PersonName name={run.person_name} email={run.person} />
        </Text>
      )}
      <RunState run={run} size="sm" lineClamp={3} mt={4} />
      <FileLinks run={run} />
    </Paper>
  );
}
