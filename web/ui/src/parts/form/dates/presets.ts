import { type Day } from "./day";
import { dayMeant } from "./relative";

/** Two days, both included; either may be open or not yet written well. */
export interface Period {
  from: string;
  to: string;
}

/** Periods that people ask for, relative, so that the same words mean the same tomorrow. */
export const presets = {
  today: { from: "today", to: "today" },
  yesterday: { from: "yesterday", to: "yesterday" },
  last7: { from: "today-6d", to: "today" },
  last30: { from: "today-29d", to: "today" },
  thisWeek: { from: "week_start", to: "today" },
  lastWeek: { from: "week_start-1w", to: "week_end-1w" },
  thisMonth: { from: "month_start", to: "today" },
  lastMonth: { from: "month_start-1M", to: "month_end-1M" },
  thisQuarter: { from: "quarter_start", to: "today" },
  lastQuarter: { from: "quarter_start-1q", to: "quarter_end-1q" },
  thisYear: { from: "year_start", to: "today" },
  lastYear: { from: "year_start-1y", to: "year_end-1y" },
} as const satisfies Record<string, Period>;

export type Preset = keyof typeof presets;
export const presetNames = Object.keys(presets) as Preset[];

/** The preset that is written so, or else the first one that means these days today. */
export function presetOf(period: Period, today: Day): Preset | undefined {
  const written = presetNames.find((name) => presets[name].from === period.from && presets[name].to === period.to);
  if (written !== undefined) return written;
  const [from, to] = [dayMeant(period.from, today), dayMeant(period.to, today)];
  if (from === undefined || to === undefined) return undefined;
  return presetNames.find((name) => dayMeant(presets[name].from, today) === from && dayMeant(presets[name].to, today) === to);
}

/** Whether the period lies within the bounds that the field has. */
export function within(period: Period, today: Day, min?: Day, max?: Day): boolean {
  const [from, to] = [dayMeant(period.from, today), dayMeant(period.to, today)];
  return from !== undefined && to !== undefined && (min === undefined || from >= min) && (max === undefined || to <= max);
}

/** A period from what a field holds: {from, to}, "2025-01-01..2025-01-31", one day, or nothing. */
export function periodOf(value: unknown): Period {
  if (typeof value === "string") {
    const [from = "", to] = value.split("..");
    return { from: from.trim(), to: (to ?? from).trim() };
  }
  if (typeof value !== "object" || value === null) return { from: "", to: "" };
  const { from, to } = value as { from?: unknown; to?: unknown };
  return { from: from == null ? "" : String(from), to: to == null ? "" : String(to) };
}

/** What is kept of a period: nothing when both ends are open. */
export function periodValue(period: Period): Period | null {
  return period.from === "" && period.to === "" ? null : period;
}
