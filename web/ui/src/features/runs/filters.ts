import type { RunFilter, RunStatus } from "../../api/runs";

/** What the address of the page says. */
export interface Filters {
  /** Slug or id of a report. */
  report?: string;
  /** Id of a person. */
  person?: string;
  status?: RunStatus;
  /** Days, with today. */
  days?: number;
  /** Only one's own. */
  mine: boolean;
}

export const statuses: RunStatus[] = ["queued", "running", "succeeded", "failed", "cancelled"];
export const periods = [1, 7, 30] as const;

/** Without a word about it, the page shows one's own runs, and of a report those of everybody. */
export function readFilters(search: URLSearchParams, seesOthers: boolean): Filters {
  const report = search.get("report") ?? undefined;
  const person = search.get("person") ?? undefined;
  const said = search.get("mine");
  const mine = !seesOthers || (said === null ? report === undefined && person === undefined : said === "yes");
  const days = Number(search.get("days"));
  return {
    report, mine,
    person: mine ? undefined : person,
    status: statuses.find((status) => status === search.get("status")),
    days: periods.find((period) => period === days),
  };
}

/** The address with some of it changed. Filters that say nothing are left out. */
export function writeFilters(search: URLSearchParams, change: Partial<Record<keyof Filters, string | undefined>>): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined || value === "") next.delete(name);
    else next.set(name, value);
  }
  return next;
}

/** The beginning of the first of so many days, by the clock of the browser. */
export function sinceOf(days: number, now: Date): string {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - days + 1).toISOString();
}

export function requestOf({ report, person, status, days, mine }: Filters, now: Date): RunFilter {
  return { report, status, mine: mine || undefined, person, since: days === undefined ? undefined : sinceOf(days, now) };
}
