import { afterEach, describe, expect, it, vi } from "vitest";

import { keptForm } from "./kept";

afterEach(() => window.sessionStorage.clear());

describe("what was typed", () => {
  it("is there again under its name, for this tab alone", () => {
    keptForm.write("anna.cards", { given: { partner: "7", ids: "1\n2" }, run: "r1" });
    expect(keptForm.read("anna.cards")).toEqual({ given: { partner: "7", ids: "1\n2" }, run: "r1" });
    expect(keptForm.read("boris.cards")).toBeUndefined();
    expect(window.localStorage).toHaveLength(0);
  });

  it("is forgotten when it is taken back", () => {
    keptForm.write("cards", { given: { partner: "7" } });
    keptForm.write("cards", { given: {} });
    expect(keptForm.read("cards")).toBeUndefined();
    keptForm.write("cards", { given: { partner: "7" } });
    keptForm.forget("cards");
    expect(window.sessionStorage).toHaveLength(0);
  });

  it("is kept without lists that do not fit", () => {
    keptForm.write("cards", { given: { partner: "7", ids: "1\n".repeat(400_000), more: new Array(100_000).fill(1) } });
    expect(keptForm.read("cards")).toEqual({ given: { partner: "7" }, run: undefined });
  });

  it("breaks nothing where the browser keeps nothing or something else is there", () => {
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    expect(() => keptForm.write("cards", { given: { partner: "7" } })).not.toThrow();
    vi.restoreAllMocks();
    window.sessionStorage.setItem("vitrina.form.cards", "[1,2");
    expect(keptForm.read("cards")).toBeUndefined();
  });
});
