import {
  infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient, type QueryClient, type QueryKey,
} from "@tanstack/react-query";

import { api, type Schemas } from "./client";
import { once } from "./once";

export type Run = Schemas["Run"];
export type RunStatus = Schemas["RunStatus"];
export type RunProgress = Schemas["RunProgress"];
export type RunCell = Schemas["RunCell"];
export type RunPart = Schemas["RunPart"];
export type CellProgress = Schemas["CellProgress"];
export type FileProgress = Schemas["FileProgress"];
export type Artifact = Schemas["Artifact"];
export type Link = Schemas["Link"];
export type Column = Schemas["Column"];
export type Values = Schemas["Values"];

/** A value of a result: numbers of 64 bits and more, decimals, days and moments are strings; lists and maps are JSON. */
export type Cell = unknown;
export interface Rows {
  columns: Column[];
  rows: Cell[][];
  offset: number;
  /** Rows that are kept; the result may have more. */
  total: number;
  cut: boolean;
}

/** A chart of a run as the runner computes it. */
export interface RunChart {
  name: string;
  title: string;
  kind: string;
  stacked?: boolean;
  /** The column the points are of. */
  x: string;
  points: unknown[];
  series: { name: string; values: (number | null)[] }[];
  /** What is not drawn, and why. */
  note?: string;
}

const endings: RunStatus[] = ["succeeded", "failed", "cancelled"];

export function hasEnded(status: RunStatus): boolean {
  return endings.includes(status);
}

/** Whether the second tells more than the first: a later attempt, or later within it. What has ended stays so. */
export function isNewer(known: RunProgress | undefined, told: RunProgress): boolean {
  if (known === undefined) return true;
  if (hasEnded(known.status)) return false;
  if (told.attempt !== known.attempt) return told.attempt > known.attempt;
  return hasEnded(told.status) || told.sequence > known.sequence || (told.sequence === known.sequence && told.status === known.status);
}

/** The run with what was told of it since. A run that ended tells its results only when it is asked for again. */
export function withProgress(run: Run, told: RunProgress): Run {
  if (hasEnded(run.status) || hasEnded(told.status)) return run;
  if (run.status === "running" && told.status === "queued" && told.attempt <= run.attempt) return run;
  if (!isNewer(run.progress, told) && run.status === told.status) return run;
  return { ...run, progress: told, status: told.status, ahead: told.ahead, attempt: Math.max(run.attempt, told.attempt) };
}

/** An answer may be overtaken by news that came while it was on its way. */
function newest(known: Run | undefined, answer: Run): Run {
  if (known?.progress === undefined || hasEnded(answer.status)) return answer;
  return hasEnded(known.status) ? known : withProgress(answer, known.progress);
}

export const runKeys = { all: ["runs"] as const, one: (id: string) => ["run", id] as const };

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: runKeys.one(id),
    queryFn: async ({ signal, client, queryKey }): Promise<Run> => {
      const { data } = await api.GET("/runs/{run}", { params: { path: { run: id } }, signal });
      return newest(client.getQueryData<Run>(queryKey), data!);
    },
    staleTime: 60_000,
  });

/** Whose runs, of which report, in which state; nothing for all that one may see. */
export interface RunFilter {
  report?: string;
  mine?: boolean;
  person?: string;
  status?: RunStatus;
  since?: string;
}

export const runsQuery = (filter: RunFilter, limit = 50) =>
  infiniteQueryOptions({
    queryKey: [...runKeys.all, filter, limit],
    queryFn: async ({ pageParam, signal }) =>
      (await api.GET("/runs", { params: { query: { ...filter, limit, cursor: pageParam === "" ? undefined : pageParam } }, signal })).data!,
    initialPageParam: "",
    getNextPageParam: (page) => (page.next === "" ? undefined : page.next),
    placeholderData: keepPreviousData,
  });

/** The latest runs, for a short list of them. */
export const latestRunsQuery = (filter: RunFilter, limit: number) =>
  queryOptions({
    queryKey: [...runKeys.all, "latest", filter, limit],
    queryFn: async ({ signal }) => (await api.GET("/runs", { params: { query: { ...filter, limit } }, signal })).data!.items,
  });

export interface RunOrder {
  report: string;
  values: Values;
  revision?: number;
  format?: string;
  /** Seconds: a result no older may answer. */
  maxAge?: number;
  /** The same key with the same order leads to the same run, so that a request may be repeated. */
  key?: string;
}

/** Keeps a run that was just answered, and lets the lists ask again. */
function noteRun(client: QueryClient, run: Run): void {
  client.setQueryData(runKeys.one(run.id), run);
  void client.invalidateQueries({ queryKey: runKeys.all });
}

export function useCreateRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (order: RunOrder) =>
      (
        await api.POST("/reports/{report}/runs", {
          params: { path: { report: order.report }, header: order.key === undefined ? {} : { "Idempotency-Key": order.key } },
          body: { values: order.values, revision: order.revision, format: order.format, max_age: order.maxAge },
        })
      ).data!,
    onSuccess: (run) => noteRun(client, run),
  });
}

export function useCancelRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => (await api.POST("/runs/{run}/cancel", { params: { path: { run: id } } })).data!,
    onSuccess: (run) => noteRun(client, run),
    onError: (_error, id) => client.invalidateQueries({ queryKey: runKeys.one(id) }),
  });
}

export interface RowOrder {
  column: number;
  descending: boolean;
}

/** Some of the kept rows of a cell, at most 1000. */
export async function readRows(
  run: string, cell: string, offset: number, limit: number, order?: RowOrder, signal?: AbortSignal,
): Promise<Rows> {
  const query = { offset, limit, sort: order?.column, descending: order?.descending };
  const { data } = await api.GET("/runs/{run}/cells/{cell}/rows", { params: { path: { run, cell }, query }, signal });
  return data as Rows;
}

export const rowsKey = (run: string, cell: string): QueryKey => ["rows", run, cell];

/** How many rows are asked for together. */
export const pageOfRows = 200;

/** The first rows of a cell, with its columns and how many there are. Kept rows never change. */
export const firstRowsQuery = (run: string, cell: string) =>
  queryOptions({
    queryKey: [...rowsKey(run, cell), "first"],
    queryFn: ({ signal }) => readRows(run, cell, 0, pageOfRows, undefined, signal),
    staleTime: Infinity,
  });

export const linksQuery = (run: string) =>
  queryOptions({
    queryKey: [...runKeys.one(run), "links"],
    queryFn: async ({ signal }) => (await api.GET("/runs/{run}/links", { params: { path: { run } }, signal })).data!.items,
  });

const createLink = once(
  async ({ run, body }: { run: string; body: Schemas["LinkNew"] }) => (await api.POST("/runs/{run}/links", { params: { path: { run } }, body })).data!,
);

export function useCreateLink(run: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["LinkNew"]) => createLink({ run, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: linksQuery(run).queryKey }),
  });
}

export function useRevokeLink(run: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (link: string) => {
      await api.DELETE("/links/{link}", { params: { path: { link } } });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: linksQuery(run).queryKey }),
  });
}
