import type { FieldError } from "../../../api/forms";
import type { DocumentProblem } from "../../../api/documents";
import type { RunChart, RunProgress, RunStatus } from "../../../api/runs";
import type { TrialCell, TrialResult } from "../../../api/trial";

/** A cell as the page shows it: its text, and the line of the document that it begins on. */
export interface ShownCell {
  body: string;
  line: number;
}

/** What trial runs have shown so far. */
export interface Trial {
  running?: { cell?: string; progress?: RunProgress; since: string };
  /** Results by cell, with what the cell was when it ran. */
  cells: Record<string, { cell: TrialCell; ran: ShownCell }>;
  charts: Record<string, RunChart>;
  /** Of the last run of everything: its prose. */
  text: string;
  notes: string[];
  /** How the last run ended. */
  ended?: { status: RunStatus; cell?: string; error: string; seconds: number; problems: DocumentProblem[]; fields: FieldError[] };
}

export const noTrial: Trial = { cells: {}, charts: {}, text: "", notes: [] };

export function begun(trial: Trial, cell: string | undefined, since: string): Trial {
  return { ...trial, running: { cell, since }, ended: undefined };
}

export function progressed(trial: Trial, progress: RunProgress): Trial {
  return trial.running === undefined ? trial : { ...trial, running: { ...trial.running, progress } };
}

/** Results of other cells stay when one was run. */
export function finished(trial: Trial, result: TrialResult, ran: Record<string, ShownCell>): Trial {
  const cell = trial.running?.cell;
  const told = Object.fromEntries(result.cells.map((one) => [one.name, { cell: one, ran: ran[one.name] ?? { body: "", line: 0 } }]));
  const charts = Object.fromEntries(result.charts.map((chart) => [chart.name, chart]));
  const whole = cell === undefined;
  return {
    cells: whole ? told : { ...trial.cells, ...told },
    charts: whole ? charts : { ...trial.charts, ...charts },
    text: whole ? result.text : trial.text,
    notes: result.notes,
    ended: { status: result.status, cell, error: result.error, seconds: result.seconds, problems: result.problems, fields: result.fields },
  };
}

export function stopped(trial: Trial, status: RunStatus, error: string): Trial {
  const cell = trial.running?.cell;
  return { ...trial, running: undefined, ended: { status, cell, error, seconds: 0, problems: [], fields: [] } };
}

/** A cell that got another name keeps its result. */
export function renamed(trial: Trial, from: string, to: string): Trial {
  const { [from]: result, ...cells } = trial.cells;
  const { [from]: chart, ...charts } = trial.charts;
  return {
    ...trial,
    cells: result === undefined ? trial.cells : { ...cells, [to]: result },
    charts: chart === undefined ? trial.charts : { ...charts, [to]: chart },
  };
}

/** The cell that is running now, of those a run goes through. */
export function runningCell(trial: Trial): string | undefined {
  return trial.running?.progress?.cells.find(({ done }) => !done)?.name ?? trial.running?.cell;
}

/** The line of the document, as it is now, that a cell failed at; 0 when that is not known or the cell's text is another since. */
export function failedLine({ cell, ran }: Trial["cells"][string], now: ShownCell): number {
  return cell.line > 0 && ran.body === now.body ? now.line + cell.line - ran.line : 0;
}
