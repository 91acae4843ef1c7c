import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Level } from "../../api/grants";

const levels: Level[] = ["run", "view_sql", "edit"];

interface LevelSelectProps {
  label?: string;
  "aria-label"?: string;
  value: Level;
  onChange: (level: Level) => void;
  disabled?: boolean;
}

export function LevelSelect({ onChange, ...rest }: LevelSelectProps) {
  const { t } = useTranslation("sharing");
  return (
    <Select {...rest} w={190} allowDeselect={false} checkIconPosition="right" comboboxProps={{ withinPortal: true }}
      data={levels.map((value) => ({ value, label: t(`level.${value}`) }))} onChange={(value) => onChange(value as Level)} />
  );
}
