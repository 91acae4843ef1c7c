import { Badge, Button, Card, Group, Text, Title } from "@mantine/core";
import { modals } from "@mantine/modals";
import { IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { type Source, useDeleteSource, useTestSource } from "../../api/sources";
import { Failure } from "../../components/Failure";
import { paths } from "../../paths";
import { limitWords } from "./limits";
import { TestOutcome } from "./TestOutcome";

export const driverNames = { clickhouse: "ClickHouse", postgres: "Postgres" } as const;

/** A source, what holds for it, and whether it answers. */
export function SourceCard({ source, onChange }: { source: Source; onChange: () => void }) {
  const { t, i18n } = useTranslation("connections");
  const test = useTestSource();
  const remove = useDeleteSource();
  const ask = () =>
    modals.openConfirmModal({
      title: t("disconnectTitle", { name: source.name }),
      children: <Text size="sm">{t("disconnectText")}</Text>,
      labels: { confirm: t("disconnect"), cancel: t("cancel") },
      confirmProps: { color: "red.8" },
      onConfirm: () => remove.mutate(source.name),
    });
  const limits = limitWords(source.limits, t, i18n.resolvedLanguage ?? "en");
  return (
    <Card component="li" withBorder padding="md" style={{ display: "flex", flexDirection: "column", gap: 8 }}>
      <Group justify="space-between" wrap="nowrap">
        <Title order={2} size="h4">{source.name}</Title>
        <Badge variant="default" tt="none">{source.driver === "embedded" ? t("embedded") : (driverNames[source.driver as keyof typeof driverNames] ?? source.driver)}</Badge>
      </Group>
      {source.database !== "" && <Text size="sm">{t("databaseIs", { database: source.database })}</Text>}
      <Text size="sm" c="dimmed">{limits.length === 0 ? t("noLimits") : limits.join(" · ")}</Text>
      {source.configured && (
        <Group gap={6} wrap="nowrap" c="dimmed">
          <IconLock size={16} aria-hidden style={{ flexShrink: 0 }} />
          <Text size="sm">{t("configured")}</Text>
        </Group>
      )}
      <TestOutcome test={test} />
      {remove.isError && <Failure error={remove.error} />}
      <Group gap="xs" mt="auto">
        <Button size="xs" variant="light" loading={test.isPending} onClick={() => test.mutate(source.name)}>{t("test")}</Button>
        <Button size="xs" variant="default" component={Link} to={paths.schema({ source: source.name })}>{t("tables")}</Button>
        {!source.configured && <Button size="xs" variant="default" onClick={onChange}>{t("change")}</Button>}
        {!source.configured && <Button size="xs" variant="subtle" color="red.8" c="var(--mantine-color-error)" onClick={ask}>{t("disconnect")}</Button>}
      </Group>
    </Card>
  );
}
