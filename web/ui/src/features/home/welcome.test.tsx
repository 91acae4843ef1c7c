import { beforeEach, describe, expect, it } from "vitest";

import { dismiss, wasDismissed, welcomeOf } from "./welcome";

const demo = [
  { slug: "ab-test", title: "Results", provisioned: "library" },
  { slug: "partner-cards", title: "Cards", provisioned: "library" },
  { slug: "top-buyers", title: "Best customers", provisioned: "library" },
];
const newcomer = { role: "member", ran: false, dismissed: false, reports: demo } as const;

describe("the welcome", () => {
  it("leads to a report of the demonstration that is there", () => {
    expect(welcomeOf({ ...newcomer })?.report.slug).toBe("top-buyers");
    expect(welcomeOf({ ...newcomer, reports: demo.slice(0, 2) })?.report.slug).toBe("partner-cards");
  });

  it("leads to the first report where there is no demonstration", () => {
    const own = [{ slug: "fees", title: "Fees", provisioned: "" }, { slug: "top-buyers", title: "Ours", provisioned: "" }];
    expect(welcomeOf({ ...newcomer, reports: own })?.report).toEqual({ slug: "fees", title: "Fees" });
  });

  it("tells each role what else there is to do", () => {
    expect(welcomeOf({ ...newcomer })?.next).toEqual([]);
    expect(welcomeOf({ ...newcomer, role: "analyst" })?.next).toEqual(["write"]);
    expect(welcomeOf({ ...newcomer, role: "administrator" })?.next).toEqual(["connect", "people", "write"]);
  });

  it("is over once something ran, when it was closed, and where there is nothing to run", () => {
    expect(welcomeOf({ ...newcomer, ran: true })).toBeNull();
    expect(welcomeOf({ ...newcomer, dismissed: true })).toBeNull();
    expect(welcomeOf({ ...newcomer, reports: [] })).toBeNull();
  });

  describe("closing it", () => {
    beforeEach(() => window.localStorage.clear());

    it("is remembered", () => {
      expect(wasDismissed()).toBe(false);
      dismiss();
      expect(wasDismissed()).toBe(true);
    });
  });
});
