import { TextInput } from "@mantine/core";
import { lazy } from "react";
import { useTranslation } from "react-i18next";

import { PanelButton } from "../dates/PanelButton";
import { resolveMoment } from "../dates/relative";
import { useCalendar } from "../dates/useCalendar";
import { useTyped } from "../dates/useTyped";
import { keptMoment, partsOfMoment, shownMoment } from "../dates/written";
import type { ControlProps } from "./control";
import { WordHint } from "./WordHint";

const DayPanel = lazy(() => import("../dates/DayPanel"));

/** A moment in the report's zone, which the field names. */
export function DateTimeField({ field, state, value, set, frame }: ControlProps) {
  const { t } = useTranslation("form");
  const calendar = useCalendar(state, field);
  const { zone, now, language, today } = calendar;
  const text = value == null ? "" : String(value);
  const typed = useTyped(shownMoment(text, zone, now, language), (typing) => set(keptMoment(typing)));
  const parts = partsOfMoment(text, zone, now);
  const words = [
    { value: "now-1h", label: t("hourAgo") },
    { value: "now-1d", label: t("dayAgo") },
    { value: "today", label: t("dayBegin") },
    { value: "now", label: t("now") },
  ];
  return (
    <TextInput
      {...frame}
      {...typed}
      aria-required={field.required}
      autoComplete="off"
      placeholder={t("momentPlaceholder")}
      description={
        <>
          {frame.description} {t("inZone", { zone })}
          <WordHint word={resolveMoment(text, zone, now) === undefined ? "" : text} name={words.find((one) => one.value === text)?.label} />
        </>
      }
      rightSection={
        <PanelButton inside label={t("chooseMoment", { label: field.label })} disabled={frame.disabled}>
          {(close) => (
            <DayPanel
              calendar={calendar}
              day={parts.day}
              time={parts.time}
              words={words}
              onDay={(day) => set(`${day} ${parts.time === "" ? "00:00" : parts.time}`)}
              onTime={(time) => set(`${parts.day ?? today} ${time}`)}
              onWord={(word) => {
                set(word);
                close();
              }}
            />
          )}
        </PanelButton>
      }
    />
  );
}
