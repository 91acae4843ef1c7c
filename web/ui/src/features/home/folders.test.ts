import { describe, expect, it } from "vitest";

import { above, foldersIn, trailTo } from "./folders";

const folder = (path: string, reports: number, below: number) => ({ path, reports, below });

describe("folders", () => {
  const all = [
    folder("", 2, 9), folder("sales", 1, 6), folder("sales/partners", 5, 5), folder("sales10", 0, 0), folder("sales9", 1, 1),
  ];

  it("are told level by level, with what is in and below them", () => {
    expect(foldersIn(all, "", "en")).toEqual([
      { path: "sales", name: "sales", below: 6 },
      { path: "sales9", name: "sales9", below: 1 },
      { path: "sales10", name: "sales10", below: 0 },
    ]);
    expect(foldersIn(all, "sales", "en")).toEqual([{ path: "sales/partners", name: "partners", below: 5 }]);
    expect(foldersIn(all, "sales/partners", "en")).toEqual([]);
  });

  it("between that are not told are made up", () => {
    const some = [folder("", 0, 5), folder("sales/partners/east", 3, 3), folder("sales/partners/west", 2, 2)];
    expect(foldersIn(some, "", "en")).toEqual([{ path: "sales", name: "sales", below: 5 }]);
    expect(foldersIn(some, "sales", "en")).toEqual([{ path: "sales/partners", name: "partners", below: 5 }]);
  });

  it("count what is below them once, whichever comes first", () => {
    const backwards = [folder("a/b", 2, 2), folder("a", 1, 3)];
    expect(foldersIn(backwards, "", "en")).toEqual([{ path: "a", name: "a", below: 3 }]);
    expect(foldersIn([...backwards].reverse(), "", "en")[0]!.below).toBe(3);
  });

  it("have a way to them", () => {
    expect(trailTo("sales/partners")).toEqual([{ path: "sales", name: "sales" }, { path: "sales/partners", name: "partners" }]);
    expect(trailTo("")).toEqual([]);
    expect([above("sales/partners"), above("sales"), above("")]).toEqual(["sales", "", ""]);
  });
});
