import type { Role } from "../../api/session";
import type { Report } from "../../api/reports";

export type Next = "write" | "connect" | "people";

export interface Welcome {
  /** A report to begin with. */
  report: Pick<Report, "slug" | "title">;
  /** What else somebody of this role does in the first days. */
  next: Next[];
}

interface Situation {
  role: Role;
  /** The person has run something before. */
  ran: boolean;
  dismissed: boolean;
  reports: Pick<Report, "slug" | "title" | "provisioned">[];
}

/** Reports of the demonstration that are done in a moment and whose form is filled in from the start, the best first. */
const firsts = ["top-buyers", "partner-cards", "card-activity"];

/** What somebody who has never run anything is led through; null for all others, and where there is nothing to run. */
export function welcomeOf({ role, ran, dismissed, reports }: Situation): Welcome | null {
  if (ran || dismissed || reports.length === 0) return null;
  const known = firsts.map((slug) => reports.find((report) => report.slug === slug && report.provisioned !== "")).find((found) => found !== undefined);
  const { slug, title } = known ?? reports[0]!;
  return { report: { slug, title }, next: nextOf(role) };
}

export function nextOf(role: Role): Next[] {
  if (role === "administrator") return ["connect", "people", "write"];
  return role === "analyst" ? ["write"] : [];
}

const kept = "vitrina.welcome";

export function wasDismissed(): boolean {
  try {
    return window.localStorage.getItem(kept) === "dismissed";
  } catch {
    return false; // a browser that keeps nothing welcomes each time
  }
}

export function dismiss(): void {
  try {
    window.localStorage.setItem(kept, "dismissed");
  } catch {
    // then it is gone until the page is opened again
  }
}
