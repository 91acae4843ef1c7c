import { Autocomplete, Group, Select, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { type Preset, presetNames, presets } from "../../../../parts/form/dates/presets";
import { type DefaultProps, dayWords } from "./DefaultInput";

/** Two days, or a usual period such as last month. */
export function PeriodDefault({ label, error, readOnly, set, period }: DefaultProps & { period: { from: string; to: string } }) {
  const { t } = useTranslation(["write", "form"]);
  const named = presetNames.find((name) => presets[name].from === period.from && presets[name].to === period.to);
  return (
    <Stack gap={4} role="group" aria-label={label}>
      <Text size="sm" fw={600}>{label}</Text>
      <Group gap="xs" align="flex-start" grow preventGrowOverflow={false}>
        <Autocomplete label={t("designer.defaultFrom")} data={dayWords} readOnly={readOnly} value={period.from} onChange={(from) => set({ ...period, from })} />
        <Autocomplete label={t("designer.defaultTo")} data={dayWords} readOnly={readOnly} value={period.to} onChange={(to) => set({ ...period, to })} />
        <Select label={t("designer.preset")} readOnly={readOnly} clearable value={named ?? null}
          data={presetNames.map((value) => ({ value, label: t(`presets.${value}`, { ns: "form" }) }))}
          onChange={(name) => set(name === null ? undefined : presets[name as Preset])} />
      </Group>
      <Text size="xs" c={error === undefined ? "dimmed" : "red"}>{error ?? t("designer.defaultDate")}</Text>
    </Stack>
  );
}
