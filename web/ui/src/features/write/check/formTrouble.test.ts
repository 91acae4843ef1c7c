import { expect, it } from "vitest";

import { ProblemError } from "../../../api/client";
import type { DocumentProblem } from "../../../api/documents";
import { formTrouble } from "./formTrouble";

const text = "---\ntitle: T {{ .wrod }}\nform:\n  - {name: a, typ: input}\n---\n{{ .b }}\n\n```sql rows\nSELECT {{ .c }}\n```\n";
const problem = (file: string, line: number, column: number): DocumentProblem => ({ file, line, column, message: `${file} ${line}` });
const refusal = (problems?: DocumentProblem[]) =>
  new ProblemError({ type: "about:blank", title: "", status: 422, code: "invalid", detail: "cards.md:2:8: …", request_id: "", problems });

it("keeps with the form what is wrong with its fields, and leaves the rest to the document", () => {
  const problems = [problem("cards.md", 2, 13), problem("cards.md", 4, 14), problem("cards.md", 6, 4), problem("cards.md", 9, 11), problem("days.sql", 4, 14)];
  expect(formTrouble(refusal(problems), text)).toEqual([{ file: "report.md", line: 4, column: 14, message: "cards.md 4" }]);
  expect(formTrouble(refusal([problem("cards.md", 1, 1)]), "Only prose.\n")).toEqual([]);
});

it("is nothing where the document has no part in the failure", () => {
  expect(formTrouble(null, text)).toBeUndefined();
  expect(formTrouble(refusal(), text)).toBeUndefined();
  expect(formTrouble(new TypeError("offline"), text)).toBeUndefined();
});
