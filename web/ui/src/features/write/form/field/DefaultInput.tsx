import { Autocomplete, Group, MultiSelect, SegmentedControl, Select, TagsInput, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { shownText, useDesigner } from "../DesignerContext";
import { type Declared, type DeclaredDefault, fieldPath, type GivenOption } from "../fields";
import type { Choice } from "../kinds";
import { saidOf } from "../problems";
import { defaultItems, defaultPeriod, defaultText, isAllByDefault, writtenDefault } from "../values";
import { PeriodDefault } from "./PeriodDefault";

interface DefaultInputProps {
  index: number;
  field: Declared;
  choice: Choice;
}

export interface DefaultProps {
  label: string;
  error?: string;
  readOnly: boolean;
  value: DeclaredDefault;
  set: (value: DeclaredDefault) => void;
}

export const dayWords = [
  "today", "yesterday", "today-7d", "today-30d", "monday", "monday-1w", "sunday-1w", "month_start", "month_start-1M", "month_end-1M", "quarter_start", "year_start",
];
const momentWords = ["now", "now-1h", "now-24h", "today", "today-7d"];

/** What a field holds at first, with the control that its kind wants. */
export function DefaultInput({ index, field, choice }: DefaultInputProps) {
  const { t } = useTranslation("write");
  const { change, problems, readOnly } = useDesigner();
  const path = fieldPath(index, "default");
  const label = t("designer.default");
  const set = (value: DeclaredDefault) => {
    const wanted = writtenDefault(field, value);
    change([wanted === undefined ? { do: "remove", path } : { do: "set", path, value: wanted }], label);
  };
  const props: DefaultProps = { label, error: saidOf(problems, path).join(" ") || undefined, readOnly, value: field.default, set };
  const given = field.options !== undefined && "given" in field.options ? field.options.given : undefined;
  const text = { label, error: props.error, readOnly, value: shownText(defaultText(field.default)) };
  switch (choice) {
    case "boolean":
      return <YesNo {...props} />;
    case "date":
    case "datetime":
      return <Autocomplete {...text} description={t("designer.defaultDate")} data={choice === "date" ? dayWords : momentWords} onChange={set} />;
    case "daterange":
      return <PeriodDefault {...props} period={defaultPeriod(field.default)} />;
    case "list":
      return <ItemsDefault {...props} />;
    case "select":
      return given === undefined ? <TextInput {...text} onChange={(event) => set(event.currentTarget.value)} /> : (
        <Select label={label} error={props.error} readOnly={readOnly} clearable placeholder={t("designer.defaultNone")} value={text.value || null}
          data={optionData(given)} onChange={(value) => set(value ?? undefined)} />
      );
    case "checkbox":
      return <ChosenDefault {...props} given={given} all={isAllByDefault(field)} />;
    default:
      return <TextInput {...text} inputMode={choice === "text" ? undefined : "decimal"} onChange={(event) => set(event.currentTarget.value)} />;
  }
}

function optionData(given: GivenOption[]): { value: string; label: string }[] {
  const seen = new Set<string>();
  return given.filter(({ value }) => value !== "" && !seen.has(value) && seen.add(value)).map(({ value, label }) => ({ value, label: label || value }));
}

function YesNo({ label, value, set, readOnly, error }: DefaultProps) {
  const { t } = useTranslation("write");
  const now = value === undefined ? "none" : value === true || value === "true" ? "yes" : "no";
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>{label}</Text>
      <SegmentedControl aria-label={label} readOnly={readOnly} value={now} onChange={(to) => set(to === "none" ? undefined : to === "yes")}
        data={[{ value: "none", label: t("designer.defaultNone") }, { value: "yes", label: t("designer.yes") }, { value: "no", label: t("designer.no") }]} />
      {error !== undefined && <Text size="xs" c="red" mt={4}>{error}</Text>}
    </div>
  );
}

/** Lines are kept as they are typed until one leaves. */
function ItemsDefault({ label, value, set, readOnly, error }: DefaultProps) {
  const { t } = useTranslation("write");
  const [typed, setTyped] = useState<string>();
  const settle = (text: string) => set(text.split("\n").map((line) => line.trim()).filter((line) => line !== ""));
  return (
    <Textarea label={label} description={t("designer.defaultItems")} error={error} readOnly={readOnly} autosize minRows={2} maxRows={6}
      value={typed ?? defaultItems(value).join("\n")}
      onChange={(event) => { setTyped(event.currentTarget.value); settle(event.currentTarget.value); }}
      onBlur={() => setTyped(undefined)} />
  );
}

function ChosenDefault({ label, value, set, readOnly, error, given, all }: DefaultProps & { given: GivenOption[] | undefined; all: boolean }) {
  const { t } = useTranslation("write");
  const control = { label, error, readOnly, value: all ? [] : defaultItems(value), disabled: all, onChange: (items: string[]) => set(items) };
  return (
    <Group align="flex-end" gap="xs">
      <div style={{ flex: "1 1 240px" }}>
        {given === undefined ? <TagsInput {...control} splitChars={[]} /> : <MultiSelect {...control} data={optionData(given)} clearable placeholder={all ? t("designer.defaultAll") : undefined} />}
      </div>
      <SegmentedControl aria-label={label} readOnly={readOnly} value={all ? "all" : "some"} onChange={(to) => set(to === "all" ? "all" : undefined)}
        data={[{ value: "some", label: t("designer.defaultSome") }, { value: "all", label: t("designer.defaultAll") }]} />
    </Group>
  );
}
