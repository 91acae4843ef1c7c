import { ProblemError } from "../../../api/client";
import type { DocumentProblem } from "../../../api/documents";
import { parseDocument } from "../document";
import { frontOf } from "../form/front";
import { pathOf } from "../form/problems";

/**
 * Those problems of a document that are its form's, when the service told no form because of any; the check tells all of them. Undefined
 * when the failure is not the document's.
 */
export function formTrouble(failure: Error | null, text: string): DocumentProblem[] | undefined {
  const told = failure instanceof ProblemError ? (failure.problem.problems ?? []) : [];
  if (told.length === 0) return undefined;
  const model = parseDocument(text);
  const part = frontOf(model);
  return told
    .map((problem) => (problem.file.endsWith(".md") ? { ...problem, file: "report.md" } : problem)) // a trial names it by the report
    .filter((problem) => pathOf(model, part, problem)?.[0] === "form");
}
