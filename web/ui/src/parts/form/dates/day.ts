/** Days of the calendar without a zone, written 2025-01-31. */
export type Day = string;

const dayLength = 86_400_000;
const isoDay = /^(\d{4})-(\d{2})-(\d{2})$/;
const pointedDay = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;

const ofDate = (date: Date): Day => date.toISOString().slice(0, 10);
const dateOf = (day: Day) => new Date(`${day}T00:00:00Z`);

/** A day that exists; undefined for the 30th of February. */
export function dayOf(year: number, month: number, date: number): Day | undefined {
  const at = new Date(Date.UTC(year, month - 1, date));
  at.setUTCFullYear(year);
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === date ? ofDate(at) : undefined;
}

/** Reads 2025-01-31 and 31.01.2025. */
export function readDay(text: string): Day | undefined {
  const iso = isoDay.exec(text.trim());
  if (iso !== null) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const pointed = pointedDay.exec(text.trim());
  return pointed === null ? undefined : dayOf(Number(pointed[3]), Number(pointed[2]), Number(pointed[1]));
}

export function addDays(day: Day, count: number): Day {
  return ofDate(new Date(dateOf(day).getTime() + count * dayLength));
}

/** The same day of another month, or the last one of a shorter month. */
export function addMonths(day: Day, count: number): Day {
  const at = dateOf(day);
  const first = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + count, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(at.getUTCDate(), last));
  return ofDate(first);
}

/** Weeks begin on Monday. */
export const weekStart = (day: Day): Day => addDays(day, -((dateOf(day).getUTCDay() + 6) % 7));
export const monthStart = (day: Day): Day => `${day.slice(0, 8)}01`;
export const monthEnd = (day: Day): Day => addDays(addMonths(monthStart(day), 1), -1);
export const yearStart = (day: Day): Day => `${day.slice(0, 4)}-01-01`;
export const yearEnd = (day: Day): Day => `${day.slice(0, 4)}-12-31`;

export function quarterStart(day: Day): Day {
  const month = Number(day.slice(5, 7));
  return `${day.slice(0, 5)}${String(month - ((month - 1) % 3)).padStart(2, "0")}-01`;
}

export const quarterEnd = (day: Day): Day => monthEnd(addMonths(quarterStart(day), 2));

/** The day and the time that clocks in a zone show, as 2025-01-31 and 10:00:05. */
export function clockIn(zone: string, at: Date): { day: Day; time: string } {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? "";
  return { day: `${part("year")}-${part("month")}-${part("day")}`, time: `${part("hour")}:${part("minute")}:${part("second")}` };
}

export const todayIn = (zone: string, now = new Date()): Day => clockIn(zone, now).day;
