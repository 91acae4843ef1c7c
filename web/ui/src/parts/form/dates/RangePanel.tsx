import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import classes from "../form.module.css";
import Months from "./Months";
import { type Period, presetNames, presetOf, presets, within } from "./presets";
import { dayMeant } from "./relative";
import type { Calendar } from "./useCalendar";

interface RangePanelProps {
  calendar: Calendar;
  period: Period;
  onChange: (period: Period) => void;
  close: () => void;
}

/** Presets beside a month: a tap for what is usual, two for the rest. */
export default function RangePanel({ calendar, period, onChange, close }: RangePanelProps) {
  const { t } = useTranslation("form");
  const { today } = calendar;
  const [half, setHalf] = useState<string>();
  const meant = [dayMeant(period.from, today) ?? null, dayMeant(period.to, today) ?? null] as [string | null, string | null];
  const current = presetOf(period, today);
  const choose = (chosen: Period) => {
    onChange(chosen);
    close();
  };
  const pick = ([from, to]: [string | null, string | null]) => {
    setHalf(to === null ? (from ?? undefined) : undefined);
    if (from !== null && to !== null) choose({ from, to });
  };
  return (
    <div className={classes.panel}>
      <div className={classes.presets} role="group" aria-label={t("presetsLabel")}>
        {presetNames.map((name) => (
          <Button
            key={name}
            size="xs"
            variant={current === name ? "filled" : "default"}
            aria-pressed={current === name}
            disabled={!within(presets[name], today, calendar.min, calendar.max)}
            onClick={() => choose(presets[name])}
          >
            {t(`presets.${name}`)}
          </Button>
        ))}
      </div>
      <Months
        type="range"
        calendar={calendar}
        allowSingleDateInRange
        defaultDate={meant[1] ?? calendar.max ?? today}
        value={half === undefined ? meant : [half, null]}
        onChange={pick}
      />
    </div>
  );
}
