import { ProblemError, type Problem } from "../../api/client";
import type { Snippet } from "../../api/snippets";

type DocumentProblem = NonNullable<Problem["problems"]>[number];

/** What is being written, and the revision it began with; 0 for a new snippet. */
export interface Editing {
  sql: string;
  base: number;
}

/** What is on the page: what was written, unless the kept one is the same by now. */
export function current(kept: Snippet | null, editing: Editing | undefined): Editing & { dirty: boolean; behind: boolean } {
  const there = kept === null || kept.deleted !== null ? { sql: "", base: 0 } : { sql: kept.sql, base: kept.revision };
  if (editing === undefined || editing.sql === there.sql) return { ...there, dirty: false, behind: false };
  return { ...editing, dirty: true, behind: editing.base !== there.base };
}

/** Why a snippet was not saved. */
export type Refusal =
  | { kind: "conflict" }
  /** Reports that use it would have problems. It may be saved nevertheless. */
  | { kind: "breaks"; reports: DocumentProblem[]; sentence: string }
  /** It does not parse. */
  | { kind: "wrong"; own: DocumentProblem[] }
  | { kind: "other"; error: unknown };

const hiddenOnes = /not shared with you/;

export function refusalOf(error: unknown, name: string): Refusal {
  if (!(error instanceof ProblemError)) return { kind: "other", error };
  const { problem } = error;
  if (problem.conflict !== undefined) return { kind: "conflict" };
  const problems = problem.problems ?? [];
  if (problems.length === 0) return { kind: "other", error };
  const ofReports = (one: DocumentProblem) => one.file !== `${name}.sql` || hiddenOnes.test(one.message);
  if (!problems.every(ofReports)) return { kind: "wrong", own: problems.filter((one) => !ofReports(one)) };
  return { kind: "breaks", reports: problems, sentence: problem.detail };
}

/** Problems by the file they are in, in the order told. */
export function byFile(problems: DocumentProblem[]): [string, DocumentProblem[]][] {
  const files = new Map<string, DocumentProblem[]>();
  for (const problem of problems) files.set(problem.file, [...(files.get(problem.file) ?? []), problem]);
  return [...files];
}

/** The first comment of a snippet: what it is for. */
export function aboutOf(sql: string): string {
  const lines: string[] = [];
  for (const line of sql.split("\n")) {
    const comment = /^\s*--\s?(.*)$/.exec(line);
    if (comment === null) break;
    lines.push(comment[1]!.trim());
  }
  return lines.join(" ").trim();
}

export const isName = (name: string) => /^[a-z][a-z0-9_]{0,62}$/.test(name);

/** How a report calls a snippet. */
export const callOf = (name: string) => `{{ snippet "${name}" }}`;
