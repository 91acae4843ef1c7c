import { addDays, addMonths, clockIn, type Day, monthEnd, monthStart, quarterEnd, quarterStart, readDay, weekStart, yearEnd, yearStart } from "./day";

/**
 * Relative dates as the service reads them (see "Relative dates" in the documentation of fields): an anchor and offsets, as in
 * `month_start-1M`. What is resolved here is only shown; the service resolves them anew when a run starts.
 */
const anchors = new Map<string, (today: Day) => Day>(Object.entries({
  today: (day: Day) => day,
  yesterday: (day: Day) => addDays(day, -1),
  tomorrow: (day: Day) => addDays(day, 1),
  week_start: weekStart,
  week_end: (day: Day) => addDays(weekStart(day), 6),
  month_start: monthStart,
  month_end: monthEnd,
  quarter_start: quarterStart,
  quarter_end: quarterEnd,
  year_start: yearStart,
  year_end: yearEnd,
}));
["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].forEach((name, index) => {
  anchors.set(name, (day) => addDays(weekStart(day), index));
});

const whole = /^([a-z_]+)((?:\s*[+-]\s*\d{1,6}\s*[a-z])*)$/i;
const offset = /([+-])\s*(\d+)\s*([a-z])/gi;
const months: Record<string, number> = { M: 1, q: 3, y: 12 };
const seconds: Record<string, number> = { h: 3600, m: 60, s: 1 };
const endsMonth = /^(month|quarter|year)_end$/;

function offsetsOf(text: string): { count: number; unit: string }[] {
  return [...text.matchAll(offset)].map((part) => ({ count: Number(`${part[1]}${part[2]}`), unit: part[3] ?? "" }));
}

function move(day: Day, { count, unit }: { count: number; unit: string }, atEnd: boolean): Day | undefined {
  if (unit === "d" || unit === "w") return addDays(day, count * (unit === "w" ? 7 : 1));
  const by = months[unit];
  if (by === undefined) return undefined;
  const moved = addMonths(day, count * by);
  return atEnd ? monthEnd(moved) : moved;
}

/** The day a word and its offsets mean, undefined for anything else. */
export function resolveDay(text: string, today: Day): Day | undefined {
  const match = whole.exec(text.trim());
  const anchor = match === null ? undefined : anchors.get((match[1] ?? "").toLowerCase());
  if (match === null || anchor === undefined) return undefined;
  let day: Day | undefined = anchor(today);
  let atEnd = endsMonth.test((match[1] ?? "").toLowerCase());
  for (const one of offsetsOf(match[2] ?? "")) {
    if (day === undefined) return undefined;
    day = move(day, one, atEnd);
    atEnd &&= one.unit in months;
  }
  return day !== undefined && /^\d{4}-/.test(day) ? day : undefined;
}

/** A day as it is written or as it is meant. */
export function dayMeant(text: string, today: Day): Day | undefined {
  return readDay(text) ?? resolveDay(text, today);
}

/** What clocks in the zone show at the moment that a word and its offsets mean, as "2025-01-31 10:00". */
export function resolveMoment(text: string, zone: string, now: Date): string | undefined {
  const match = whole.exec(text.trim());
  if (match === null) return undefined;
  if ((match[1] ?? "").toLowerCase() !== "now") {
    const day = resolveDay(text, clockIn(zone, now).day);
    return day === undefined ? undefined : `${day} 00:00`;
  }
  let at = now;
  for (const one of offsetsOf(match[2] ?? "")) {
    const clock = seconds[one.unit];
    if (clock !== undefined) {
      at = new Date(at.getTime() + one.count * clock * 1000);
      continue;
    }
    const day = move(at.toISOString().slice(0, 10), one, false);
    if (day === undefined) return undefined;
    at = new Date(`${day}T${at.toISOString().slice(11)}`);
  }
  const shown = clockIn(zone, at);
  return `${shown.day} ${shown.time.slice(0, 5)}`;
}
