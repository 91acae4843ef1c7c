import { Chip, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Column } from "../../../api/runs";
import classes from "./chart.module.css";

interface ColumnChoiceProps {
  label: string;
  columns: Column[];
  value: string;
  onChange: (column: string) => void;
  /** None is a choice too. */
  optional?: boolean;
}

/** One column of the result. One that it no longer has is shown as long as it is chosen. */
export function ColumnChoice({ label, columns, value, onChange, optional = false }: ColumnChoiceProps) {
  const { t } = useTranslation("write");
  const names = [...new Set(columns.map(({ name }) => name))];
  if (value !== "" && !names.includes(value)) names.unshift(value);
  return (
    <div role="radiogroup" aria-label={label}>
      <Text size="sm" fw={600} mb={4}>{label}</Text>
      <Chip.Group value={value} onChange={(next) => onChange(next as string)}>
        <div className={classes.columns}>
          {optional && <Chip size="xs" value="">{t("chart.none")}</Chip>}
          {names.map((name) => <Chip key={name} size="xs" value={name}>{name}</Chip>)}
        </div>
      </Chip.Group>
    </div>
  );
}
