import { Fieldset, NumberInput, Select, SimpleGrid } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { SourceLimits } from "../../api/sources";

interface LimitFieldsProps {
  limits: SourceLimits;
  onChange: (limits: SourceLimits) => void;
}

const megabyte = 1_000_000;

/** The limits of a source. An empty one is none. */
export function LimitFields({ limits, onChange }: LimitFieldsProps) {
  const { t } = useTranslation("connections");
  const field = (key: "time" | "rows" | "bytes" | "memory" | "runs", label: string, scale = 1) => (
    <NumberInput label={label} min={0} allowDecimal={false} allowNegative={false} thousandSeparator=" " hideControls placeholder={t("none")}
      value={limits[key] ? limits[key] / scale : ""}
      onChange={(value) => onChange({ ...limits, [key]: typeof value === "number" ? value * scale : 0 })} />
  );
  return (
    <Fieldset legend={t("limits")}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {field("time", t("fieldTime"))}
        {field("rows", t("fieldRows"))}
        {field("bytes", t("fieldBytes"), megabyte)}
        {field("memory", t("fieldMemory"), megabyte)}
        {field("runs", t("fieldRuns"))}
        <Select label={t("fieldOverflow")} allowDeselect={false} value={limits.overflow ?? "fail"}
          data={[{ value: "fail", label: t("overflowFail") }, { value: "cut", label: t("overflowCut") }]}
          onChange={(overflow) => onChange({ ...limits, overflow: overflow as "fail" | "cut" })} />
      </SimpleGrid>
    </Fieldset>
  );
}
