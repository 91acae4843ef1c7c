import { describe, expect, it } from "vitest";

import { readFilters, requestOf, sinceOf, writeFilters } from "./filters";

const read = (query: string, seesOthers = true) => readFilters(new URLSearchParams(query), seesOthers);

describe("the address of the runs", () => {
  it("means one's own runs, and of a report those of everybody", () => {
    expect(read("").mine).toBe(true);
    expect(read("report=retail")).toMatchObject({ mine: false, report: "retail" });
    expect(read("report=retail&mine=yes").mine).toBe(true);
    expect(read("mine=no").mine).toBe(false);
  });

  it("shows nobody else's to those who see only their own", () => {
    expect(read("mine=no&person=someone", false)).toMatchObject({ mine: true, person: undefined });
  });

  it("takes no status or period that does not exist", () => {
    expect(read("status=lost&days=12")).toMatchObject({ status: undefined, days: undefined });
    expect(read("status=failed&days=7")).toMatchObject({ status: "failed", days: 7 });
  });

  it("changes one thing and keeps the rest", () => {
    expect(writeFilters(new URLSearchParams("report=a&status=failed"), { status: undefined, days: "7" }).toString()).toBe("report=a&days=7");
  });

  it("counts days with today, by the clock of the browser", () => {
    const now = new Date(2026, 2, 10, 15, 30);
    expect(new Date(sinceOf(1, now))).toEqual(new Date(2026, 2, 10));
    expect(new Date(sinceOf(7, now))).toEqual(new Date(2026, 2, 4));
  });

  it("asks the service for what it says", () => {
    expect(requestOf(read("mine=no&status=running"), new Date())).toEqual({ report: undefined, status: "running", mine: undefined, person: undefined, since: undefined });
    expect(requestOf(read(""), new Date()).mine).toBe(true);
  });
});
