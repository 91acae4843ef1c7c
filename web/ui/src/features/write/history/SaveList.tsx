import { Badge, Button, Group, Paper, Radio, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Revision } from "../../../api/documents";
import type { Report } from "../../../api/reports";
import { Ago } from "../../../components/Ago";
import { PersonName } from "../../../components/PersonName";
import { RestoreButton } from "./RestoreButton";
import { useRevisionDialogs } from "./useRevisionDialogs";

interface SaveListProps {
  report: Report;
  revisions: Revision[];
  pair: { from: number; to: number } | undefined;
  onChoose: (from: number, to: number) => void;
}

/** The saves, the latest first. Two of them are chosen to be compared. */
export function SaveList({ report, revisions, pair, onChoose }: SaveListProps) {
  const { t } = useTranslation("write");
  const dialogs = useRevisionDialogs(report);
  const newest = Math.max(...revisions.map(({ number }) => number));
  return (
    <Stack gap="xs" component="section" aria-label={t("history.saves")}>
      <Title order={2} size="h4">{t("history.saves")}</Title>
      <Stack gap="xs" component="ol" m={0} p={0} style={{ listStyle: "none" }}>
        {revisions.map((revision) => (
          <Paper key={revision.number} component="li" withBorder p="sm" bg={pair !== undefined && (revision.number === pair.from || revision.number === pair.to) ? "var(--vitrina-surface)" : undefined}>
            <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
              <div style={{ minWidth: 0 }}>
                <Group gap={6}>
                  <Text size="sm" fw={600}>{t("history.revision", { number: revision.number })}</Text>
                  {revision.number === newest && <Badge size="sm" variant="light">{t("history.current")}</Badge>}
                </Group>
                <Text size="sm" c={revision.message === "" ? "dimmed" : undefined} style={{ overflowWrap: "anywhere" }}>{revision.message || t("history.noMessage")}</Text>
                <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}><PersonName name={revision.author_name} email={revision.author} /> · <Ago at={revision.created} /></Text>
              </div>
              {pair !== undefined && <Pick revision={revision.number} pair={pair} onChoose={onChoose} />}
            </Group>
            <Group gap={4} mt={6} ml={-8}>
              <Button size="compact-xs" variant="subtle" aria-label={t("history.viewThis", { number: revision.number })} onClick={() => dialogs.view(revision)}>{t("history.view")}</Button>
              {report.deleted === null && (
                <Button size="compact-xs" variant="subtle" aria-label={t("history.runThis", { number: revision.number })} onClick={() => dialogs.run(revision.number)}>{t("history.run")}</Button>
              )}
              {revision.number !== newest && report.level === "edit" && report.provisioned === "" && (
                <RestoreButton slug={report.slug} number={revision.number} base={newest} onDone={(now) => onChoose(newest, now)} />
              )}
            </Group>
          </Paper>
        ))}
      </Stack>
      {dialogs.element}
    </Stack>
  );
}

/** Which end of the comparison a save is. */
function Pick({ revision, pair, onChoose }: { revision: number; pair: { from: number; to: number }; onChoose: (from: number, to: number) => void }) {
  const { t } = useTranslation("write");
  return (
    <Group gap={6} wrap="nowrap" style={{ flex: "none" }}>
      <Radio name="from" size="sm" aria-label={t("history.pickOlder", { number: revision })} title={t("history.older")} checked={revision === pair.from}
        disabled={revision >= pair.to} onChange={() => onChoose(revision, pair.to)} />
      <Radio name="to" size="sm" aria-label={t("history.pickNewer", { number: revision })} title={t("history.newer")} checked={revision === pair.to}
        disabled={revision <= pair.from} onChange={() => onChoose(pair.from, revision)} />
    </Group>
  );
}
