import { queryOptions } from "@tanstack/react-query";

import { api, type Schemas } from "./client";

export type Draft = Schemas["Draft"];

/** My drafts without their documents, the latest first. */
export const draftsQuery = queryOptions({
  queryKey: ["drafts"],
  queryFn: async ({ signal }) => (await api.GET("/drafts", { signal })).data!.items,
});

/** My draft of a report with its document; null when there is none. */
export async function draftOf(report: string, signal?: AbortSignal): Promise<Draft | null> {
  const { items } = (await api.GET("/drafts", { params: { query: { report } }, signal })).data!;
  return items[0] === undefined ? null : await getDraft(items[0].id, signal);
}

export async function getDraft(draft: string, signal?: AbortSignal): Promise<Draft> {
  return (await api.GET("/drafts/{draft}", { params: { path: { draft } }, signal })).data!;
}

/** With `leaving` the request outlives the page, as far as the browser lets it: 64 kB. */
export async function createDraft(body: Schemas["DraftNew"], leaving = false): Promise<Draft> {
  return (await api.POST("/drafts", { body, keepalive: leaving })).data!;
}

export async function saveDraft(draft: string, body: Schemas["DraftSave"], leaving = false): Promise<Draft> {
  return (await api.PUT("/drafts/{draft}", { params: { path: { draft } }, body, keepalive: leaving })).data!;
}

export async function deleteDraft(draft: string): Promise<void> {
  await api.DELETE("/drafts/{draft}", { params: { path: { draft } } });
}
