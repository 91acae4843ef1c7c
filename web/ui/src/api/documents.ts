import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, type Schemas } from "./client";
import { foldersQuery } from "./reports";

export type Revision = Schemas["Revision"];
export type DocumentProblem = Schemas["DocumentProblem"];

/** The document of a report as it is now, or as it was in a revision. */
export const documentQuery = (report: string, revision?: number) =>
  queryOptions({
    queryKey: ["documents", report, revision ?? "current"],
    queryFn: async ({ signal }) =>
      (await api.GET("/reports/{report}/document", { params: { path: { report }, query: { revision } }, signal })).data!,
    staleTime: revision === undefined ? 0 : Infinity,
  });

/** Every save, the latest first, without documents. */
export const revisionsQuery = (report: string) =>
  queryOptions({
    queryKey: ["documents", report, "revisions"],
    queryFn: async ({ signal }) => (await api.GET("/reports/{report}/revisions", { params: { path: { report } }, signal })).data!.items,
  });

/** All problems of a document, as `vitrina check` tells them. */
export async function checkDocument(document: string, signal?: AbortSignal): Promise<DocumentProblem[]> {
  return (await api.POST("/check", { body: { document }, signal })).data!.problems;
}

function useChange<G, T>(change: (given: G) => Promise<T>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["reports"] }),
        client.invalidateQueries({ queryKey: ["documents"] }),
        client.invalidateQueries({ queryKey: foldersQuery.queryKey }),
      ]),
  });
}

/** Saves a document as a new revision; a conflict names the revision that is there now. */
export function useSaveDocument() {
  return useChange(async ({ report, ...body }: { report: string } & Schemas["DocumentSave"]) =>
    (await api.PUT("/reports/{report}/document", { params: { path: { report } }, body })).data!);
}

export function useCreateReport() {
  return useChange(async (body: Schemas["ReportNew"]) => (await api.POST("/reports", { body })).data!);
}

export function useDuplicateReport() {
  return useChange(async ({ report, folder }: { report: string; folder?: string }) =>
    (await api.POST("/reports/{report}/duplicate", { params: { path: { report } }, body: { folder } })).data!);
}

/** Saves an earlier document anew. The history says so in the words of who did it, which the service does not know. */
export function useRestoreRevision() {
  return useChange(async ({ report, number, base, message }: { report: string; number: number; base: number; message: string }) => {
    const { document } = (await api.GET("/reports/{report}/document", { params: { path: { report }, query: { revision: number } } })).data!;
    return (await api.PUT("/reports/{report}/document", { params: { path: { report } }, body: { base, document: document!, message } })).data!;
  });
}
