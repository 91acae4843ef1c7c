import { Input, Text, TextInput } from "@mantine/core";
import { lazy } from "react";
import { useTranslation } from "react-i18next";

import { PanelButton } from "../dates/PanelButton";
import { type Period, periodOf, periodValue, presetOf } from "../dates/presets";
import { resolveDay } from "../dates/relative";
import { type Calendar, useCalendar } from "../dates/useCalendar";
import { useTyped } from "../dates/useTyped";
import { keptDay, shownDay } from "../dates/written";
import classes from "../form.module.css";
import type { ControlProps } from "./control";
import { WordHint } from "./WordHint";

const RangePanel = lazy(() => import("../dates/RangePanel"));

export function DateRangeField({ field, state, value, set, frame }: ControlProps) {
  const { t } = useTranslation("form");
  const calendar = useCalendar(state, field);
  const period = periodOf(value);
  const change = (changed: Partial<Period>) => set(periodValue({ ...period, ...changed }));
  const words = [period.from, period.to].some((end) => resolveDay(end, calendar.today) !== undefined);
  const preset = presetOf(period, calendar.today);
  const { id, label, description, error, withAsterisk, disabled } = frame;
  const end = (name: "from" | "to") => (
    <End
      id={name === "from" ? id : `${id}-to`}
      label={t(name === "from" ? "fromOf" : "toOf", { label })}
      value={period[name]}
      calendar={calendar}
      disabled={disabled}
      describedBy={error === undefined ? `${id}-help` : `${id}-wrong ${id}-help`}
      wrong={error !== undefined}
      required={field.required}
      onChange={(day) => change({ [name]: day })}
    />
  );
  return (
    <div role="group" aria-labelledby={`${id}-label`}>
      <Input.Label id={`${id}-label`} htmlFor={id} required={withAsterisk}>
        {label}
      </Input.Label>
      <Input.Description id={`${id}-help`}>{description}</Input.Description>
      <div className={classes.ends} style={{ marginBlock: 6 }}>
        {end("from")}
        <Text c="dimmed" aria-hidden>
          –
        </Text>
        {end("to")}
        <PanelButton label={t("choosePeriod", { label })} disabled={disabled}>
          {(close) => <RangePanel calendar={calendar} period={period} close={close} onChange={(chosen) => set(chosen)} />}
        </PanelButton>
      </div>
      {error === undefined ? (
        <WordHint
          word={words ? `${period.from} – ${period.to}` : ""}
          name={preset === undefined ? undefined : t(`presets.${preset}`)}
        />
      ) : (
        <Input.Error id={`${id}-wrong`}>{error}</Input.Error>
      )}
    </div>
  );
}

interface EndProps {
  id: string;
  label: string;
  value: string;
  calendar: Calendar;
  disabled: boolean;
  describedBy: string;
  wrong: boolean;
  required: boolean;
  onChange: (day: string) => void;
}

function End({ id, label, value, calendar, disabled, describedBy, wrong, required, onChange }: EndProps) {
  const { t } = useTranslation("form");
  const typed = useTyped(shownDay(value, calendar.today, calendar.language), (typing) => onChange(keptDay(typing)));
  return (
    <TextInput
      {...typed}
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      aria-invalid={wrong}
      aria-required={required}
      error={wrong}
      disabled={disabled}
      autoComplete="off"
      placeholder={t("dayPlaceholder")}
      className="numbers"
      withErrorStyles={wrong}
    />
  );
}
