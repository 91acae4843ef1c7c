import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { beforeEach, expect, it, vi } from "vitest";

import { type Run, type RunCell, runQuery } from "../../api/runs";
import type { Session } from "../../api/session";
import { SessionContext } from "../../session/SessionContext";
import { RunResults } from "./RunResults";

const session = { person: { id: "p", role: "member" } } as unknown as Session;
const empty = (name: string) => ({ name, source: "warehouse", rows: 0, bytes: 0, seconds: 0, query_id: "", cut: false, error: "", kept: 0 }) as RunCell;

const done = (id: string, tables: string[]): Run => ({
  id, report_id: "r", report: "r", title: "R", revision: 1, document: "", person_id: "p", person: "", person_name: "", via: "session", format: "", values: {},
  timezone: "UTC", sources: [], status: "succeeded", attempt: 1, ahead: 0, queued: "2026-01-01T00:00:00Z", started: null, finished: null, error_code: "", error: "",
  notes: [], text: "", parts: [], cells: tables.map(empty), charts: [], artifacts: [], cancel_requested: null, cancelled_by: "", cancelled_by_name: "",
  kept_from: "", computed: null, files_expire: null, files_removed: null,
});

beforeEach(() => {
  vi.stubGlobal("IntersectionObserver", class { observe() {} disconnect() {} });
  vi.stubGlobal("fetch", () => new Promise(() => undefined));
});

it("shows another run from its beginning, with nothing left of the one before", () => {
  const client = new QueryClient();
  for (const run of [done("one", ["a", "b"]), done("two", ["c", "d"])]) client.setQueryData(runQuery(run.id).queryKey, run);
  const page = (run: string) => (
    <MantineProvider>
      <QueryClientProvider client={client}>
        <SessionContext value={session}>
          <MemoryRouter>
            <RunResults run={run} />
          </MemoryRouter>
        </SessionContext>
      </QueryClientProvider>
    </MantineProvider>
  );
  const { rerender } = render(page("one"));
  const chosen = () => screen.getByRole("tab", { selected: true }).textContent;
  expect(chosen()).toMatch(/^a /);
  rerender(page("two"));
  expect(chosen()).toMatch(/^c /);
});
