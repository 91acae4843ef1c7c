import { expect, it } from "vitest";

import { fillsWorkbooks } from "./fillsWorkbooks";

it("finds the workbook of an export, and nothing that only looks like one", () => {
  expect(fillsWorkbooks("---\ntitle: A\nexports:\n  - format: xlsx\n    template: book.xlsx\n---\n")).toBe(true);
  expect(fillsWorkbooks("---\r\nexports:\r\n  - {format: xlsx, template: book.xlsx}\r\n---\r\n")).toBe(true);
  expect(fillsWorkbooks("---\ntitle: A\n# template: book.xlsx\n---\ntemplate: book.xlsx\n")).toBe(false);
  expect(fillsWorkbooks("```sql rows\nSELECT 1\n```\n")).toBe(false);
});
