import { Chip, Group, Select, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Column } from "../../../api/runs";
import { isNumber, kindOf } from "../../../parts/results/kinds";
import classes from "./chart.module.css";
import { functions, type Measure } from "./spec";

interface HeightChoiceProps {
  columns: Column[];
  value: Measure[];
  /** Only one, as a pie has. */
  single: boolean;
  onChange: (value: Measure[]) => void;
}

const rowCount: Measure = { function: "count", column: "" };

/** What is drawn: the number of rows, columns as they are, or computed. */
export function HeightChoice({ columns, value, single, onChange }: HeightChoiceProps) {
  const { t } = useTranslation("write");
  const names = [...new Set([...columns.map(({ name }) => name), ...value.filter((one) => one.function !== "count").map(({ column }) => column)])];
  const numeric = (name: string) => isNumber(kindOf(columns.find((column) => column.name === name)?.type ?? "Float64"));
  const has = (name: string) => value.some((one) => (name === "" ? one.function === "count" : one.function !== "count" && one.column === name));
  const fresh = (name: string): Measure => {
    if (name === "") return rowCount;
    const computed = value.every((one) => one.function !== "");
    return { function: numeric(name) ? (computed ? "sum" : "") : "uniq", column: name };
  };
  const toggle = (name: string) => {
    const others = value.filter((one) => (name === "" ? one.function !== "count" : one.function === "count" || one.column !== name));
    if (has(name)) onChange(others);
    else onChange(single ? [fresh(name)] : [...value, fresh(name)]);
  };
  return (
    <Stack gap="xs" role="group" aria-label={t("chart.asY")}>
      <Text size="sm" fw={600}>{t("chart.asY")}</Text>
      <div className={classes.columns}>
        <Chip size="xs" checked={has("")} onChange={() => toggle("")}>{t("chart.rows")}</Chip>
        {names.map((name) => <Chip key={name} size="xs" checked={has(name)} onChange={() => toggle(name)}>{name}</Chip>)}
      </div>
      {value.map((measure, at) => measure.function !== "count" && (
        <Aggregate key={measure.column} measure={measure} numeric={numeric(measure.column)} onChange={(next) => onChange(value.with(at, next))} />
      ))}
    </Stack>
  );
}

function Aggregate({ measure, numeric, onChange }: { measure: Measure; numeric: boolean; onChange: (measure: Measure) => void }) {
  const { t } = useTranslation("write");
  const ways = numeric ? ["", ...functions.filter((name) => name !== "count")] : ["uniq"];
  const data = ways.map((name) => ({ value: name === "" ? "plain" : name, label: t(`chart.aggregates.${(name || "plain") as "plain"}`) }));
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="sm" truncate style={{ flex: 1 }}>{measure.column}</Text>
      <Select size="xs" w={180} aria-label={`${t("chart.aggregate")}: ${measure.column}`} allowDeselect={false} data={data} value={measure.function || "plain"}
        onChange={(name) => onChange({ ...measure, function: name === "plain" || name === null ? "" : (name as Measure["function"]) })} />
    </Group>
  );
}
