import { Group, Paper, SimpleGrid, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Figure, SystemPart } from "../../api/system";
import { useFormat } from "../../i18n/format";
import { figureName, nameOf } from "./names";

/** Everything the service needs: whether it answers, and what it holds. */
export function Parts({ parts }: { parts: SystemPart[] }) {
  const { t } = useTranslation("system");
  return (
    <section aria-labelledby="parts">
      <Title order={2} size="h4" id="parts" mb="sm">{t("parts")}</Title>
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }}>
        {parts.map((part) => <PartCard key={part.name} part={part} />)}
      </SimpleGrid>
    </section>
  );
}

function PartCard({ part }: { part: SystemPart }) {
  const { t } = useTranslation("system");
  const Icon = part.ok ? IconCircleCheck : IconAlertTriangle;
  return (
    <Paper withBorder p="md">
      <Group gap="xs" mb={4} wrap="nowrap">
        <Icon size={18} aria-hidden style={{ flexShrink: 0 }} color={part.ok ? "var(--mantine-color-green-text)" : "var(--mantine-color-error)"} />
        <Text fw={600}>{nameOf(part.name, t)}</Text>
      </Group>
      <Text size="sm" c={part.ok ? "dimmed" : "var(--mantine-color-error)"}>{part.ok ? t("answers") : part.message}</Text>
      {part.figures?.map((figure) => <FigureLine key={figure.name} figure={figure} />)}
    </Paper>
  );
}

function FigureLine({ figure }: { figure: Figure }) {
  const { t } = useTranslation("system");
  const format = useFormat();
  const value = { bytes: format.bytes, seconds: format.duration, count: format.number }[figure.unit](figure.value);
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap" mt={4}>
      <Text size="sm" c="dimmed">{figureName(figure.name, t)}</Text>
      <Text size="sm" className="numbers">{value}</Text>
    </Group>
  );
}
