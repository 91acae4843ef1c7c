import { TextInput } from "@mantine/core";
import { lazy } from "react";
import { useTranslation } from "react-i18next";

import { PanelButton } from "../dates/PanelButton";
import { dayMeant, resolveDay } from "../dates/relative";
import { useCalendar } from "../dates/useCalendar";
import { useTyped } from "../dates/useTyped";
import { keptDay, shownDay } from "../dates/written";
import type { ControlProps } from "./control";
import { WordHint } from "./WordHint";

const DayPanel = lazy(() => import("../dates/DayPanel"));
const words = ["yesterday", "today"] as const;

export function DateField({ field, state, value, set, frame }: ControlProps) {
  const { t } = useTranslation("form");
  const calendar = useCalendar(state, field);
  const text = value == null ? "" : String(value);
  const typed = useTyped(shownDay(text, calendar.today, calendar.language), (typing) => set(keptDay(typing)));
  const fits = (day: string) => (calendar.min === undefined || day >= calendar.min) && (calendar.max === undefined || day <= calendar.max);
  return (
    <TextInput
      {...frame}
      {...typed}
      aria-required={field.required}
      autoComplete="off"
      placeholder={t("dayPlaceholder")}
      rightSection={
        <PanelButton inside label={t("chooseDay", { label: field.label })} disabled={frame.disabled}>
          {(close) => (
            <DayPanel
              calendar={calendar}
              day={dayMeant(text, calendar.today)}
              words={words.filter((word) => fits(dayMeant(word, calendar.today) ?? "")).map((word) => ({ value: word, label: t(`presets.${word}`) }))}
              onDay={(day) => {
                set(day);
                close();
              }}
              onWord={(word) => {
                set(word);
                close();
              }}
            />
          )}
        </PanelButton>
      }
      description={
        <>
          {frame.description}
          <WordHint word={resolveDay(text, calendar.today) === undefined ? "" : text} />
        </>
      }
    />
  );
}
