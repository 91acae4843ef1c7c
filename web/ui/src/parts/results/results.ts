import type { Run, RunCell, RunChart } from "../../api/runs";

/** The charts of a run, those that nothing can be drawn of with the reason. */
export function chartsOf(run: Run): RunChart[] {
  return run.charts as unknown as RunChart[];
}

/** How long a run took, in seconds; since it began, while it goes on. */
export function seconds(run: Run, now = Date.now()): number {
  if (run.started === null) return 0;
  return Math.max(0, ((run.finished === null ? now : Date.parse(run.finished)) - Date.parse(run.started)) / 1000);
}

/** The cells whose rows can be looked at. */
export function cellsToShow(run: Run): RunCell[] {
  return run.files_removed === null ? run.cells.filter((cell) => cell.kept !== null) : [];
}

/** The report whose form, with its opening, stands above a result. */
export interface FormAbove {
  id: string;
  revision: number;
}

/** Whether it is the form that the run was made with. */
export function isBelow(form: FormAbove | undefined, run: Run): boolean {
  return form !== undefined && form.id === run.report_id && form.revision === run.revision;
}
