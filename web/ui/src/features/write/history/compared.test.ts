import { expect, it } from "vitest";

import type { Revision } from "../../../api/documents";
import { compared, numberIn } from "./compared";

const revisions = (...numbers: number[]) => numbers.map((number): Revision => ({ number, sha256: "", author: "", author_name: "", message: "", created: "" }));

it("two revisions are compared", () => {
  const all = revisions(5, 4, 2, 1);
  expect(compared(all, {})).toEqual({ from: 4, to: 5 });
  expect(compared(all, { from: 1 })).toEqual({ from: 1, to: 5 });
  expect(compared(all, { to: 2 })).toEqual({ from: 1, to: 2 });
  expect(compared(all, { from: 5, to: 1 })).toEqual({ from: 1, to: 5 });
  expect(compared(all, { from: 3, to: 99 })).toEqual({ from: 4, to: 5 });
  expect(compared(all, { from: 1, to: 1 })).toEqual({ from: 1, to: 2 });
  expect(compared(all, { from: 5, to: 5 })).toEqual({ from: 4, to: 5 });
  expect(compared(revisions(1), {})).toBeUndefined();
});

it("numbers are read from addresses", () => {
  expect([null, "", "0", "x", "3", "1e3"].map(numberIn)).toEqual([undefined, undefined, undefined, undefined, 3, undefined]);
});
