import { clockIn, type Day, readDay } from "./day";
import { resolveDay, resolveMoment } from "./relative";

/** How a day is written in a field: as one types it in the language. Days with slashes are nobody's: they do not say what is the month. */
export function writeDay(day: Day, language: string): string {
  const [year, month, date] = day.split("-");
  return language === "ru" ? `${date}.${month}.${year}` : day;
}

/** What a date field shows for its value: the day that is meant, or the text as it was typed. */
export function shownDay(value: string, today: Day, language: string): string {
  const day = readDay(value) ?? resolveDay(value, today);
  return day === undefined ? value : writeDay(day, language);
}

/** What is kept of a typed day: a day as 2025-01-31, words as they are, and mistakes too, for the service to name. */
export function keptDay(typed: string): string {
  return readDay(typed) ?? typed.trim();
}

const moment = /^(\S+)(?:[ T]+(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?$/;
const zoned = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/;

/** A moment in the report's zone as "2025-01-31 10:00". Seconds are shown only where they were typed. */
function clockText(value: string, zone: string): string | undefined {
  if (zoned.test(value)) {
    const at = new Date(value);
    if (Number.isNaN(at.getTime())) return undefined;
    const { day, time } = clockIn(zone, at);
    return `${day} ${time.slice(0, 5)}`;
  }
  return keptMomentOf(value);
}

function keptMomentOf(typed: string): string | undefined {
  const match = moment.exec(typed.trim());
  const day = match === null ? undefined : readDay(match[1] ?? "");
  if (day === undefined) return undefined;
  return match?.[2] === undefined ? day : `${day} ${match[2].padStart(5, "0")}`;
}

export function keptMoment(typed: string): string {
  return keptMomentOf(typed) ?? typed.trim();
}

export function shownMoment(value: string, zone: string, now: Date, language: string): string {
  const text = clockText(value, zone) ?? resolveMoment(value, zone, now);
  if (text === undefined) return value;
  const [day = "", time] = text.split(" ");
  return time === undefined ? writeDay(day, language) : `${writeDay(day, language)} ${time}`;
}

/** The day and the time of a moment for a calendar beside a clock. */
export function partsOfMoment(value: string, zone: string, now: Date): { day: Day | undefined; time: string } {
  const text = clockText(value, zone) ?? resolveMoment(value, zone, now) ?? "";
  const [day = "", time = ""] = text.split(" ");
  return { day: readDay(day), time: time.slice(0, 5) };
}
