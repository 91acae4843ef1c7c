import { describe, expect, it } from "vitest";

import { field, formOf } from "./testing/forms";
import { chosenOf, dependedValues, heldValues, isEmpty, known, othersDependOn, sameAsRecorded, without } from "./values";

const zone = "Europe/Moscow";
const at = new Date("2025-03-10T22:30:00Z"); // 11 March in Moscow

describe("what fields hold", () => {
  const form = formOf([field("partner", { default: 1 }), field("note"), field("cards", { type: "checkbox", default: ["a"] })]);

  it("is what was filled in over the defaults, also when that is nothing", () => {
    expect(heldValues(form, { partner: "7" })).toEqual({ partner: "7", note: null, cards: ["a"] });
    expect(heldValues(form, { partner: null, cards: [] })).toEqual({ partner: null, note: null, cards: [] });
  });

  it("leaves out what the form does not have, so that a run is not refused for it", () => {
    expect(known(form, { partner: "7", utm_source: "mail" })).toEqual({ partner: "7" });
  });

  it("tells nothing from no and zero", () => {
    for (const nothing of [undefined, null, "", [], { from: "", to: "" }, { from: null, to: null }]) expect(isEmpty(nothing)).toBe(true);
    for (const something of [0, false, "0", [""], { from: "today", to: "" }]) expect(isEmpty(something)).toBe(false);
  });
});

describe("options that are gone", () => {
  it("are taken out of a checkbox and empty a select", () => {
    expect(without(field("c", { type: "checkbox" }), [1, 2, 3], ["2", "9"])).toEqual(["1", "3"]);
    expect(without(field("s", { type: "select" }), 5, ["5"])).toBeNull();
    expect(without(field("s", { type: "select" }), 5, ["6"])).toBe("5");
  });

  it("are compared as text, since numbers come as either", () => {
    expect(chosenOf(7)).toEqual(["7"]);
    expect(chosenOf([7, "8"])).toEqual(["7", "8"]);
    expect(chosenOf(null)).toEqual([]);
  });
});

describe("dependence", () => {
  const form = formOf([field("region"), field("city", { depends: ["region"] })]);

  it("tells which changes others wait for, and with which values", () => {
    expect(othersDependOn(form, "region")).toBe(true);
    expect(othersDependOn(form, "city")).toBe(false);
    expect(dependedValues(form.fields[1]!, { region: "x", city: "y" })).toEqual({ region: "x" });
  });
});

describe("a form beside the results of a run", () => {
  const form = formOf([
    field("period", { kind: "daterange" }),
    field("top", { kind: "integer" }),
    field("sum", { kind: "decimal" }),
    field("ids", { kind: "list", of: "integer" }),
    field("columns", { type: "checkbox" }),
    field("since", { kind: "datetime" }),
    field("hidden", { shown: false }),
  ]);
  const recorded = {
    period: { from: "2025-03-05", to: "2025-03-11" },
    top: 1000,
    sum: "12.5",
    ids: [1, 2, 3],
    columns: ["a", "b"],
    since: "2025-03-10T20:00:00Z",
    hidden: null,
  };
  const held = {
    period: { from: "today-6d", to: "today" },
    top: "1 000",
    sum: "12,50",
    ids: "1\n2, 3\n2",
    columns: ["b", "a"],
    since: "2025-03-10 23:00",
    hidden: "whatever",
  };
  const same = (changed: object, given: object = held) => sameAsRecorded(form, { ...held, ...changed }, given as typeof held, { values: recorded, zone, at });

  it("asks for the same when the same is written otherwise", () => {
    expect(same({})).toBe(true);
  });

  it("has moved on when any field means something else", () => {
    for (const changed of [
      { period: { from: "today-7d", to: "today" } },
      { period: null },
      { top: 1001 },
      { sum: "12.51" },
      { ids: "1 2 3" },
      { ids: "" },
      { columns: ["a"] },
      { since: "2025-03-10 23:01" },
    ]) {
      expect([changed, same(changed)]).toEqual([changed, false]);
    }
  });

  it("has not moved on because a default is a moment that passes", () => {
    expect(same({ since: "2025-03-11T01:00:00Z" }, {})).toBe(true);
  });
});
