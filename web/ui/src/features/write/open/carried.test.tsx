import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook } from "@testing-library/react";
import { type ReactNode, StrictMode } from "react";
import { expect, it } from "vitest";

import { begun, noTrial } from "../run/trial";
import { carry, useCarried } from "./carried";

const client = new QueryClient();

function Around({ children }: { children: ReactNode }) {
  return <StrictMode><QueryClientProvider client={client}>{children}</QueryClientProvider></StrictMode>;
}

const opened = (slug: string) => renderHook(() => useCarried(slug), { wrapper: Around });

it("what a new report was tried with goes to the page of the saved report, once, without what still runs", () => {
  const trial = { ...noTrial, text: "prose", notes: ["cut"] };
  carry(client, "cards", { trial: begun(trial, "a", "2026-01-01T00:00:00Z"), values: { city: "Riga" } });
  expect(opened("others").result.current).toBeUndefined();
  const first = opened("cards");
  first.rerender();
  expect(first.result.current).toEqual({ trial: { ...trial, running: undefined, ended: undefined }, values: { city: "Riga" } });
  expect(opened("cards").result.current).toBeUndefined();
});
