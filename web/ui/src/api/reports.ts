import {
  type InfiniteData, infiniteQueryOptions, keepPreviousData, queryOptions, type QueryClient, useMutation, useQueryClient,
} from "@tanstack/react-query";

import { api, type Schemas } from "./client";

export type Report = Schemas["Report"];
export type Folder = Schemas["Folder"];
export type ReportPage = Schemas["ReportPage"];

/** Which reports are wanted; nothing given is everything one may run. */
export interface ReportFilter {
  search?: string;
  /** Path; "" is the root alone, nothing is every folder. */
  folder?: string;
  tag?: string;
  favourite?: boolean;
  deleted?: boolean;
}

const lists = ["reports", "list"] as const;

/** Reports page by page. While another filter is asked for, the former answer stays. */
export function reportsQuery(filter: ReportFilter, limit = 50) {
  return infiniteQueryOptions({
    queryKey: [...lists, filter, limit] as const,
    queryFn: async ({ signal, pageParam }) =>
      (await api.GET("/reports", { params: { query: { ...filter, limit, cursor: pageParam || undefined } }, signal })).data!,
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
    placeholderData: keepPreviousData,
  });
}

/** A report by its slug or id, as far as one may know of it; an earlier slug leads to it too. */
export const reportQuery = (report: string) =>
  queryOptions({
    queryKey: ["reports", "one", report],
    queryFn: async ({ signal }) => (await api.GET("/reports/{report}", { params: { path: { report } }, signal })).data!,
  });

export const foldersQuery = queryOptions({
  queryKey: ["folders"],
  queryFn: async ({ signal }) => (await api.GET("/folders", { signal })).data!.items,
});

type Pages = InfiniteData<ReportPage, string>;

/** The star of a report in every list that is kept, and the list of the starred ones. */
function markFavourite(client: QueryClient, report: Report, favourite: boolean): void {
  for (const [key, pages] of client.getQueriesData<Pages>({ queryKey: lists })) {
    if (pages === undefined) continue;
    const only = (key[2] as ReportFilter | undefined)?.favourite === true;
    client.setQueryData<Pages>(key, { ...pages, pages: pages.pages.map((page, at) => marked(page, at, only)) });
  }
  function marked(page: ReportPage, at: number, only: boolean): ReportPage {
    const items = page.items.map((item) => (item.id === report.id ? { ...item, favourite } : item));
    if (!only) return { ...page, items };
    const others = items.filter((item) => item.id !== report.id);
    return { ...page, items: favourite && at === 0 ? [...others, { ...report, favourite }] : others };
  }
}

/** The star changes at once, and back when the service refuses. */
export function useFavourite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ report, favourite }: { report: Report; favourite: boolean }) => {
      const at = { params: { path: { report: report.id } } };
      await (favourite ? api.PUT("/reports/{report}/favourite", at) : api.DELETE("/reports/{report}/favourite", at));
    },
    onMutate: async ({ report, favourite }) => {
      await client.cancelQueries({ queryKey: lists });
      markFavourite(client, report, favourite);
    },
    onError: (_, { report, favourite }) => markFavourite(client, report, !favourite),
    onSettled: () => client.invalidateQueries({ queryKey: ["reports"] }),
  });
}

/** Reports and folders tell of each other: what changes one is asked for in both. */
function useChange<T>(change: (given: T) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: ["reports"] }), client.invalidateQueries({ queryKey: foldersQuery.queryKey })]),
  });
}

export function useMoveReport() {
  return useChange(({ report, ...body }: { report: string } & Schemas["ReportMove"]) =>
    api.PATCH("/reports/{report}", { params: { path: { report } }, body }));
}

/** With `revision`, only if nobody has saved since. It can be brought back. */
export function useDeleteReport() {
  return useChange(({ report, revision }: { report: string; revision?: number }) =>
    api.DELETE("/reports/{report}", { params: { path: { report }, query: { base: revision } } }));
}

export function useUndeleteReport() {
  return useChange((report: string) => api.POST("/reports/{report}/undelete", { params: { path: { report } } }));
}

export function useCreateFolder() {
  return useChange((path: string) => api.POST("/folders", { body: { path } }));
}

export function useMoveFolder() {
  return useChange(({ from, to }: { from: string; to: string }) =>
    api.PATCH("/folders", { params: { query: { path: from } }, body: { path: to } }));
}

export function useDeleteFolder() {
  return useChange((path: string) => api.DELETE("/folders", { params: { query: { path } } }));
}
