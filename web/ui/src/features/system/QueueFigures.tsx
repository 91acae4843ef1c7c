import { Anchor, Group, Paper, SimpleGrid, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { System } from "../../api/system";
import { Ago } from "../../components/Ago";
import { useFormat } from "../../i18n/format";
import { paths } from "../../paths";

/** What waits and what runs, in large figures. */
export function QueueFigures({ queue }: { queue: System["queue"] }) {
  const { t } = useTranslation("system");
  const format = useFormat();
  const running = Object.entries(queue.running).sort(([a], [b]) => a.localeCompare(b));
  return (
    <section aria-labelledby="queue">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4" id="queue">{t("queue")}</Title>
        <Anchor component={Link} to={paths.runs({ mine: "no" })} size="sm" underline="always">{t("allRuns")}</Anchor>
      </Group>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
        <Tile title={t("queued")} value={format.number(queue.queued)}>
          {queue.oldest === null ? t("nobodyWaits") : <>{t("oldest")} <Ago at={queue.oldest} /></>}
        </Tile>
        {running.length === 0 && <Tile title={t("running")} value="0">{t("nothingRuns")}</Tile>}
        {running.map(([source, runs]) => (
          <Tile key={source} title={t("running")} value={format.number(runs)}>{t("onSource", { source })}</Tile>
        ))}
      </SimpleGrid>
    </section>
  );
}

function Tile({ title, value, children }: { title: string; value: string; children: ReactNode }) {
  return (
    <Paper withBorder p="md">
      <Text size="sm" c="dimmed">{title}</Text>
      <Text fz={32} fw={650} lh={1.2} className="numbers">{value}</Text>
      <Text size="sm" c="dimmed" component="div">{children}</Text>
    </Paper>
  );
}
