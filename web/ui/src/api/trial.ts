import { api, type Schemas } from "./client";
import type { RunProgress, Rows, RunChart } from "./runs";
import { serverEvents } from "./serverEvents";

export type TrialOrder = Schemas["TrialRun"];
export type Statement = Schemas["Statement"];

export type TrialCell = Omit<Schemas["TrialCell"], "result"> & { result: Rows };
export type TrialResult = Omit<Schemas["TrialResult"], "cells" | "charts"> & { cells: TrialCell[]; charts: RunChart[] };

export type TrialEvent = { kind: "progress"; progress: RunProgress } | { kind: "done"; result: TrialResult };

/** Runs a document that is not saved and tells how it gets on. Who stops listening, or aborts the signal, stops the run. */
export async function* tryRun(body: TrialOrder, signal: AbortSignal): AsyncGenerator<TrialEvent> {
  const { response } = await api.POST("/trial/runs", { body: { ...body }, signal, parseAs: "stream" });
  for await (const { event, data } of serverEvents(response)) {
    if (event === "progress") yield { kind: "progress", progress: JSON.parse(data) as RunProgress };
    if (event === "done") {
      yield { kind: "done", result: JSON.parse(data) as TrialResult };
      return;
    }
  }
  throw new TypeError("The connection ended before the run did.");
}

export interface StatementsWanted {
  document: string;
  report?: string;
  values?: Schemas["Values"];
}

/** What is sent to the source of each sql cell, or the mistakes in the values. */
export async function showStatements(body: StatementsWanted, signal: AbortSignal): Promise<Schemas["StatementList"]> {
  return (await api.POST("/trial/sql", { body, signal })).data!;
}
