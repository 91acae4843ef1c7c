import { useTranslation } from "react-i18next";

import type { FormField } from "../../../api/forms";
import type { FormState } from "../useForm";
import { type Day, todayIn } from "./day";
import { dayMeant } from "./relative";

export interface Calendar {
  zone: string;
  now: Date;
  today: Day;
  language: string;
  /** The days that the field takes, where it is bounded. */
  min: Day | undefined;
  max: Day | undefined;
}

/** The calendar by which a field's days are meant: that of the report's zone. */
export function useCalendar(state: FormState, field: FormField): Calendar {
  const { i18n } = useTranslation("form");
  const zone = state.form?.timezone ?? "UTC";
  const now = new Date();
  const today = todayIn(zone, now);
  const bound = (value: unknown) => (value == null ? undefined : dayMeant(String(value).slice(0, 10), today) ?? dayMeant(String(value), today));
  return { zone, now, today, language: i18n.resolvedLanguage ?? "en", min: bound(field.min), max: bound(field.max) };
}
