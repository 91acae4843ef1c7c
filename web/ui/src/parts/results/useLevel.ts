import { useQuery } from "@tanstack/react-query";

import { reportQuery } from "../../api/reports";
import type { Run } from "../../api/runs";
import { useRole, useSession } from "../../session/SessionContext";

/** What the person may do with the report of a run; undefined while that is not known, and for a report that is not for them. */
export function useLevel(run: Run) {
  // Asked once: a report that is refused is not asked for again by each part of the page.
  const report = useQuery({ ...reportQuery(run.report_id), retry: false, retryOnMount: false });
  return report.data?.level;
}

/** Whether they may see how the report is made. */
export function useMaySee(run: Run): boolean {
  const level = useLevel(run);
  const administers = useRole("administrator");
  return administers || level === "view_sql" || level === "edit";
}

/** Whether they may stop the run and take its links back. */
export function useMayManage(run: Run): boolean {
  const { person } = useSession();
  const administers = useRole("administrator");
  const level = useLevel(run);
  return administers || person.id === run.person_id || level === "edit";
}
