import { Anchor, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Run } from "../../api/runs";
import { Ago } from "../../components/Ago";
import { PersonName } from "../../components/PersonName";
import { FileLinks } from "../../parts/results/FileLinks";
import { StatusMark } from "../../parts/results/StatusMark";
import { paths } from "../../paths";
import classes from "./Runs.module.css";
import { RunActions } from "./RunActions";
import { RunState } from "./RunState";
import { useFigures } from "./useFigures";

/** `who` is for lists of everybody's runs. */
export function RunTable({ runs, who }: { runs: Run[]; who: boolean }) {
  const { t } = useTranslation("runs");
  return (
    <Table className={`numbers ${classes.table}`} highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={150}>{t("status")}</Table.Th>
          <Table.Th>{t("report")}</Table.Th>
          <Table.Th>{t("when")}</Table.Th>
          <Table.Th ta="right">{t("duration")}</Table.Th>
          <Table.Th ta="right">{t("rows")}</Table.Th>
          <Table.Th>{t("files")}</Table.Th>
          <Table.Th w={70}>{t("actions")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {runs.map((run) => (
          <RunLine key={run.id} run={run} who={who} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function RunLine({ run, who }: { run: Run; who: boolean }) {
  const figures = useFigures(run);
  return (
    <Table.Tr>
      <Table.Td>
        <StatusMark status={run.status} />
      </Table.Td>
      <Table.Td className={classes.report}>
        <Anchor component={Link} to={paths.run(run.id)} fw={500} lineClamp={2}>
          {run.title}
        </Anchor>
        {who && (
          <Text size="sm" c="dimmed">
            <PersonName name={run.person_name} email={run.person} />
          </Text>
        )}
        <RunState run={run} size="xs" lineClamp={2} />
      </Table.Td>
      <Table.Td className={classes.short}>
        <Text size="sm">
          <Ago at={run.queued} />
        </Text>
      </Table.Td>
      <Table.Td ta="right" className={classes.short}>{figures.duration}</Table.Td>
      <Table.Td ta="right" className={classes.short}>{figures.rows}</Table.Td>
      <Table.Td className={classes.files}>
        <FileLinks run={run} />
      </Table.Td>
      <Table.Td>
        <RunActions run={run} />
      </Table.Td>
    </Table.Tr>
  );
}
