import { Anchor, Box, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Run } from "../../api/runs";
import { Ago } from "../../components/Ago";
import { Nothing } from "../../components/Nothing";
import { paths } from "../../paths";
import { FailureLine } from "./FailureLine";
import { FileLinks } from "./FileLinks";
import classes from "./RunList.module.css";
import { StatusMark } from "./StatusMark";

interface RunListProps {
  runs: Run[];
  /** How many are shown at most. */
  limit?: number;
}

/** The latest runs in short: what, when, how it went, and the files. Those who list them ask for them again while one is not done. */
export function RunList({ runs, limit = 5 }: RunListProps) {
  const { t } = useTranslation("results");
  if (runs.length === 0) return <Nothing title={t("list.empty")} text={t("list.emptyText")} />;
  return (
    <Stack component="ul" gap={0} m={0} p={0} className={classes.list}>
      {runs.slice(0, limit).map((run) => (
        <Group key={run.id} component="li" className={classes.run} justify="space-between" gap="xs">
          <Box style={{ flex: "1 1 220px", minWidth: 0 }}>
            <Anchor component={Link} to={paths.run(run.id)} fw={500} lineClamp={1}>
              {run.title}
            </Anchor>
            <Group gap="xs">
              <StatusMark status={run.status} />
              <Text size="sm" c="dimmed">
                <Ago at={run.finished ?? run.queued} />
              </Text>
            </Group>
            {run.status === "failed" && <FailureLine run={run} size="sm" lineClamp={2} />}
          </Box>
          <FileLinks run={run} />
        </Group>
      ))}
    </Stack>
  );
}
