import "@mantine/dates/styles.css";
import "dayjs/locale/ru";

import { DatePicker, type DatePickerProps, DatesProvider } from "@mantine/dates";
import { useTranslation } from "react-i18next";

import type { Calendar } from "./useCalendar";

type Kind = "default" | "range";

/** A month to choose days from. It is heavy, so it is loaded when somebody opens a calendar. */
export default function Months<K extends Kind>({ calendar, ...props }: DatePickerProps<K> & { calendar: Calendar }) {
  const { t } = useTranslation("form");
  const picker = {
    minDate: calendar.min,
    maxDate: calendar.max,
    getDayProps: (day: string) => (day === calendar.today ? { "aria-current": "date" } : {}),
    size: "md",
    highlightToday: true,
    hideOutsideDates: true,
    ariaLabels: { nextMonth: t("nextMonth"), previousMonth: t("previousMonth"), nextYear: t("nextYear"), previousYear: t("previousYear") },
    ...props,
  } as unknown as DatePickerProps<K>;
  return (
    <DatesProvider settings={{ locale: calendar.language, firstDayOfWeek: 1, weekendDays: [] }}>
      <DatePicker {...picker} />
    </DatesProvider>
  );
}
