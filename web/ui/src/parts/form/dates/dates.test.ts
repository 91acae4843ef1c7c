import { describe, expect, it } from "vitest";

import { addDays, addMonths, readDay, todayIn } from "./day";
import { type Preset, periodOf, periodValue, presetOf, presets, within } from "./presets";
import { dayMeant, resolveDay, resolveMoment } from "./relative";
import { keptDay, keptMoment, shownDay, shownMoment } from "./written";

describe("days", () => {
  it("are read as ISO and as one writes them with points, and exist", () => {
    expect(readDay("2025-01-31")).toBe("2025-01-31");
    expect(readDay(" 1.2.2025 ")).toBe("2025-02-01");
    for (const wrong of ["31.02.2025", "2025-02-30", "01/02/2025", "2025-1-1", "today", ""]) expect(readDay(wrong)).toBeUndefined();
  });

  it("are counted over months of any length and over leap years", () => {
    expect(addDays("2024-02-28", 1)).toBe("2024-02-29");
    expect(addMonths("2025-01-31", 1)).toBe("2025-02-28");
    expect(addMonths("2025-01-15", -13)).toBe("2023-12-15");
  });

  it("begin where the report's clocks say", () => {
    const at = new Date("2025-03-10T22:30:00Z");
    expect([todayIn("UTC", at), todayIn("Europe/Moscow", at), todayIn("America/New_York", at)]).toEqual(["2025-03-10", "2025-03-11", "2025-03-10"]);
  });
});

describe("relative days", () => {
  const today = "2025-02-28"; // a Friday

  it.each([
    ["today", "2025-02-28"],
    ["today-30d", "2025-01-29"],
    ["Today - 2w", "2025-02-14"],
    ["monday", "2025-02-24"],
    ["sunday-1w", "2025-02-23"],
    ["week_end", "2025-03-02"],
    ["month_start-1M", "2025-01-01"],
    ["month_end-1M", "2025-01-31"],
    ["month_end-1M-1d", "2025-01-30"],
    ["quarter_start-1q", "2024-10-01"],
    ["quarter_end-1q", "2024-12-31"],
    ["year_start+1y-1d", "2025-12-31"],
    ["year_end-1y", "2024-12-31"],
  ])("%s is %s", (text, day) => {
    expect(resolveDay(text, today)).toBe(day);
  });

  it("are no words that nobody knows, and no times", () => {
    for (const wrong of ["", "now", "todya", "today-2h", "today-2x", "2025-01-01", "constructor"]) expect(resolveDay(wrong, today)).toBeUndefined();
    expect(dayMeant("01.02.2025", today)).toBe("2025-02-01");
  });

  it("of a moment are counted by the clock", () => {
    const now = new Date("2025-03-10T22:30:40Z");
    expect(resolveMoment("now-2h", "Europe/Moscow", now)).toBe("2025-03-10 23:30");
    expect(resolveMoment("now-1d", "UTC", now)).toBe("2025-03-09 22:30");
    expect(resolveMoment("today", "Europe/Moscow", now)).toBe("2025-03-11 00:00");
    expect(resolveMoment("yesterdaz", "UTC", now)).toBeUndefined();
  });
});

describe("presets", () => {
  const today = "2025-03-11"; // a Tuesday
  const days = (name: Preset) => [dayMeant(presets[name].from, today), dayMeant(presets[name].to, today)];

  it.each<[Preset, string, string]>([
    ["today", "2025-03-11", "2025-03-11"],
    ["yesterday", "2025-03-10", "2025-03-10"],
    ["last7", "2025-03-05", "2025-03-11"],
    ["last30", "2025-02-10", "2025-03-11"],
    ["thisWeek", "2025-03-10", "2025-03-11"],
    ["lastWeek", "2025-03-03", "2025-03-09"],
    ["thisMonth", "2025-03-01", "2025-03-11"],
    ["lastMonth", "2025-02-01", "2025-02-28"],
    ["thisQuarter", "2025-01-01", "2025-03-11"],
    ["lastQuarter", "2024-10-01", "2024-12-31"],
    ["thisYear", "2025-01-01", "2025-03-11"],
    ["lastYear", "2024-01-01", "2024-12-31"],
  ])("%s is from %s to %s", (name, from, to) => {
    expect(days(name)).toEqual([from, to]);
  });

  it("are known by how they are written before what they mean", () => {
    expect(presetOf({ from: "year_start", to: "today" }, "2025-01-01")).toBe("thisYear");
    expect(presetOf({ from: "2025-02-01", to: "2025-02-28" }, today)).toBe("lastMonth");
    expect(presetOf({ from: "today-8d", to: "today" }, today)).toBeUndefined();
  });

  it("are offered within the bounds of the field", () => {
    expect(within(presets.lastMonth, today, "2025-02-01", "2025-03-11")).toBe(true);
    expect(within(presets.lastMonth, today, "2025-02-02")).toBe(false);
    expect(within(presets.today, today, undefined, "2025-03-10")).toBe(false);
  });
});

describe("what a date field keeps and shows", () => {
  it("keeps words and shows their day; a mistake stays as it was typed", () => {
    expect(shownDay("today-1d", "2025-03-11", "ru")).toBe("10.03.2025");
    expect(shownDay("2025-03-01", "2025-03-11", "en")).toBe("2025-03-01");
    expect([keptDay("01.03.2025"), keptDay(" today-7d "), keptDay("31.02.2025")]).toEqual(["2025-03-01", "today-7d", "31.02.2025"]);
  });

  it("shows a recorded moment in the report's zone", () => {
    const now = new Date("2025-03-10T22:30:00Z");
    expect(shownMoment("2025-03-10T20:00:05Z", "Europe/Moscow", now, "ru")).toBe("10.03.2025 23:00");
    expect(shownMoment("2025-03-10T23:00:00+03:00", "Europe/Moscow", now, "en")).toBe("2025-03-10 23:00");
    expect(shownMoment("now-1h", "UTC", now, "en")).toBe("2025-03-10 21:30");
    expect([keptMoment("10.03.2025 9:05"), keptMoment("now-2h"), keptMoment("soon")]).toEqual(["2025-03-10 09:05", "now-2h", "soon"]);
  });

  it("reads a period however it is written, and keeps nothing of an open one", () => {
    expect(periodOf("2025-01-01..2025-01-31")).toEqual({ from: "2025-01-01", to: "2025-01-31" });
    expect(periodOf("2025-01-01..")).toEqual({ from: "2025-01-01", to: "" });
    expect(periodOf({ from: "2025-01-01", to: null })).toEqual({ from: "2025-01-01", to: "" });
    expect(periodOf(null)).toEqual({ from: "", to: "" });
    expect(periodValue({ from: "", to: "" })).toBeNull();
  });
});
