import { SimpleGrid, Text, UnstyledButton } from "@mantine/core";
import { IconChartArea, IconChartBar, IconChartDots, IconChartLine, IconChartPie } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import classes from "./chart.module.css";
import { type ChartKind, chartKinds } from "./spec";

const icons = { bar: IconChartBar, line: IconChartLine, area: IconChartArea, pie: IconChartPie, scatter: IconChartDots };

export function KindChoice({ value, onChange }: { value: ChartKind; onChange: (kind: ChartKind) => void }) {
  const { t } = useTranslation("write");
  return (
    <div role="group" aria-label={t("chart.kind")}>
      <Text size="sm" fw={600} mb={4}>{t("chart.kind")}</Text>
      <SimpleGrid cols={5} spacing={6}>
        {chartKinds.map((kind) => {
          const Icon = icons[kind];
          return (
            <UnstyledButton key={kind} className={classes.kind} aria-pressed={kind === value} onClick={() => onChange(kind)}>
              <Icon size={24} stroke={1.5} aria-hidden />
              <Text size="xs" fw={kind === value ? 600 : 400}>{t(`chart.kinds.${kind}`)}</Text>
            </UnstyledButton>
          );
        })}
      </SimpleGrid>
      <Text size="xs" c="dimmed" mt={4}>{t(`chart.about.${value}`)}</Text>
    </div>
  );
}
