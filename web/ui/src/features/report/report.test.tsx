import { act, renderHook } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { OrderKeys } from "./orderKey";
import { prefilled } from "./prefill";
import { useOrigin } from "./useOrigin";

describe("values in an address", () => {
  const from = (address: string) => prefilled(new URLSearchParams(address));

  it("are texts, several texts, or parts", () => {
    expect(from("partner=7&period.from=today-7d&period.to=today&columns=a&columns=b&q=")).toEqual({
      partner: "7",
      period: { from: "today-7d", to: "today" },
      columns: ["a", "b"],
      q: "",
    });
  });

  it("are not what the page itself keeps there", () => {
    expect(from("run=01a2")).toEqual({});
  });
});

describe("keys of orders", () => {
  it("are the same for the same order, so that a double click makes one run", () => {
    const keys = new OrderKeys();
    const values = { partner: "7" };
    const first = keys.of({ values, format: undefined });
    expect(keys.of({ values, format: undefined })).toBe(first);
    expect(first).toMatch(/^[0-9a-f]{32}$/);
  });

  it("are others for other values, another format, and after a run came of it", () => {
    const keys = new OrderKeys();
    const values = { partner: "7" };
    const first = keys.of({ values, format: undefined });
    const other = keys.of({ values, format: "csv" });
    const changed = keys.of({ values: { ...values }, format: "csv" });
    keys.done();
    expect(new Set([first, other, changed, keys.of({ values, format: "csv" })])).toHaveLength(4);
  });
});

describe("where the values come from", () => {
  const opened = (run?: string) => renderHook(({ run }: { run: string | undefined }) => useOrigin(run), { initialProps: { run } });

  it("is the run in the address when it was not started here", () => {
    const { result, rerender } = opened("a");
    expect(result.current.origin).toBe("a");
    rerender({ run: "b" });
    expect(result.current.origin).toBe("b");
  });

  it("stays when a run is started here, and when one goes back to before it", () => {
    const { result, rerender } = opened();
    act(() => result.current.noteStarted("mine", { partner: "7" }));
    rerender({ run: "mine" });
    expect(result.current.origin).toBeUndefined();
    expect(result.current.started).toEqual({ mine: { partner: "7" } });
    rerender({ run: undefined });
    expect(result.current.origin).toBeUndefined();
  });
});
