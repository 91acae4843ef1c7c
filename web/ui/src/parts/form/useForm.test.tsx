import { notifyManager, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import type { Form } from "../../api/forms";
import type { FormBackend } from "./backend";
import { field, formOf } from "./testing/forms";
import { useForm } from "./useForm";
import type { Values } from "./values";

// The cache tells of an answer at once instead of in the next turn.
beforeAll(() => notifyManager.setScheduler((tell) => tell()));
afterAll(() => notifyManager.setScheduler((tell) => setTimeout(tell, 0)));

const region = field("region", { type: "select", default: "north" });
const city = field("city", { type: "select", depends: ["region"] });
const note = field("note");

/** A service that answers when it is told to. */
function service(fields = [region, city, note]) {
  const asked: { values: Values; signal: AbortSignal; answer: (form?: Partial<Form>) => void; fail: (error: Error) => void }[] = [];
  const backend: FormBackend = {
    key: ["form", "test"],
    fill: (values, signal) =>
      new Promise((resolve, reject) => {
        asked.push({ values, signal, answer: (form) => resolve(formOf(fields, form)), fail: reject });
        signal.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
      }),
    options: () => Promise.reject(new Error("not asked here")),
    recognise: () => Promise.reject(new Error("not asked here")),
  };
  return { asked, backend };
}

function fill(backend: FormBackend, initial?: Values) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
  return renderHook(() => useForm(backend, initial), { wrapper });
}

const answered = async (one: { answer: (form?: Partial<Form>) => void } | undefined, form?: Partial<Form>) => {
  await act(async () => {
    one!.answer(form);
    await new Promise((resolve) => setTimeout(resolve)); // an answer passes through some promises
  });
};

describe("a form that is filled in", () => {
  it("holds the defaults, and sends only what was filled in, so that they stay relative", async () => {
    const { asked, backend } = service();
    const { result } = fill(backend);
    await waitFor(() => expect(asked).toHaveLength(1));
    await answered(asked[0]);
    expect(result.current.values).toEqual({ region: "north", city: null, note: null });
    act(() => result.current.set("note", "hello"));
    expect(result.current.values).toEqual({ region: "north", city: null, note: "hello" });
    expect(result.current.given).toEqual({ note: "hello" });
    const { given } = result.current;
    await waitFor(() => expect(asked).toHaveLength(2));
    await answered(asked[1]);
    expect(result.current.given).toBe(given); // the same order, if it is sent again
    expect(result.current.dirty).toBe(true);
    act(() => result.current.reset());
    expect(result.current.values.note).toBeNull();
    expect(result.current.dirty).toBe(false);
  });

  it("is asked for again after a change, and drops the answer to earlier values", async () => {
    const { asked, backend } = service();
    const { result } = fill(backend);
    await waitFor(() => expect(asked).toHaveLength(1));
    await answered(asked[0]);
    act(() => result.current.set("region", "south"));
    await waitFor(() => expect(asked).toHaveLength(2));
    act(() => result.current.set("region", "east"));
    await waitFor(() => expect(asked).toHaveLength(3));
    expect(asked.map((one) => one.values)).toEqual([{}, { region: "south" }, { region: "east" }]);
    expect(asked[1]!.signal.aborted).toBe(true);
    await answered(asked[1], { text: "of the south" });
    await answered(asked[2], { text: "of the east", values: { region: "something else" } });
    expect(result.current.form?.text).toBe("of the east");
    expect(result.current.values.region).toBe("east");
    expect(result.current.pending).toBe(false);
  });

  it("asks sooner when others depend on what changed", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      const { asked, backend } = service();
      const { result } = fill(backend);
      await waitFor(() => expect(asked).toHaveLength(1));
      await answered(asked[0]);
      act(() => result.current.set("note", "h"));
      await act(() => vi.advanceTimersByTimeAsync(400));
      expect(asked).toHaveLength(1);
      act(() => result.current.set("region", "south"));
      await act(() => vi.advanceTimersByTimeAsync(260));
      expect(asked.at(-1)!.values).toEqual({ note: "h", region: "south" });
    } finally {
      vi.useRealTimers();
    }
  });

  it("keeps the mistakes of a refused run until their field changes, and tells of refusals", async () => {
    const { asked, backend } = service();
    const { result } = fill(backend, { note: "x" });
    await waitFor(() => expect(asked).toHaveLength(1));
    await answered(asked[0], { errors: [{ field: "note", message: "Too short." }] });
    expect(result.current.errors).toEqual({ note: [{ field: "note", message: "Too short." }] });
    act(() => result.current.setErrors([{ field: "city", message: "City is required." }, { field: "region", message: "No." }]));
    expect(result.current.refusals).toBe(1);
    expect(Object.keys(result.current.errors).sort()).toEqual(["city", "note", "region"]);
    act(() => result.current.set("city", "7"));
    expect(Object.keys(result.current.errors).sort()).toEqual(["note", "region"]);
  });

  it("takes away options that are gone, notes what they were called, and forgets the note with the next choice", async () => {
    const { asked, backend } = service();
    const { result } = fill(backend, { city: 7 });
    await waitFor(() => expect(asked).toHaveLength(1));
    await answered(asked[0]);
    act(() => result.current.drop("city", ["7"], ["Riga"]));
    expect(result.current.values.city).toBeNull();
    expect(result.current.given).toEqual({ city: null });
    expect(result.current.dropped.city).toEqual(["Riga"]);
    act(() => result.current.set("city", "8"));
    expect(result.current.dropped.city).toEqual([]);
  });

  it("stays when it could not be asked for again", async () => {
    const { asked, backend } = service();
    const { result } = fill(backend);
    await waitFor(() => expect(asked).toHaveLength(1));
    await answered(asked[0], { text: "prose" });
    act(() => result.current.set("region", "south"));
    await waitFor(() => expect(asked).toHaveLength(2));
    await act(async () => asked[1]!.fail(new TypeError("offline")));
    await waitFor(() => expect(result.current.failure?.message).toBe("offline"));
    expect(result.current.values.region).toBe("south");
    expect(result.current.form?.text).toBe("prose");
    act(() => result.current.retry());
    await waitFor(() => expect(asked).toHaveLength(3));
    await answered(asked[2], { text: "of the south" });
    await waitFor(() => expect(result.current.failure).toBeNull());
  });
});
