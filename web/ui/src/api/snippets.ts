import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, type Schemas } from "./client";

export type Snippet = Schemas["Snippet"];

const at = (name: string) => ({ path: { name } });

export const snippetsQuery = queryOptions({
  queryKey: ["snippets"],
  queryFn: async ({ signal }) => (await api.GET("/snippets", { signal })).data!.items,
});

/** A revision of a snippet; the current one when none is given. */
export const snippetQuery = (name: string, revision?: number) =>
  queryOptions({
    queryKey: ["snippets", name, "revision", revision ?? "current"],
    queryFn: async ({ signal }) => (await api.GET("/snippets/{name}", { params: { ...at(name), query: { revision } }, signal })).data!,
    staleTime: revision === undefined ? undefined : Infinity,
  });

/** Every save, the latest first, without SQL. */
export const snippetRevisionsQuery = (name: string) =>
  queryOptions({
    queryKey: ["snippets", name, "revisions"],
    queryFn: async ({ signal }) => (await api.GET("/snippets/{name}/revisions", { params: at(name), signal })).data!.items,
  });

export const snippetUsesQuery = (name: string) =>
  queryOptions({
    queryKey: ["snippets", name, "uses"],
    queryFn: async ({ signal }) => (await api.GET("/snippets/{name}/uses", { params: at(name), signal })).data!,
  });

export function useSaveSnippet() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ name, ...body }: { name: string } & Schemas["SnippetSave"]) =>
      (await api.PUT("/snippets/{name}", { params: at(name), body })).data!,
    onSuccess: (snippet) => {
      client.setQueryData(snippetQuery(snippet.name).queryKey, snippet);
      return client.invalidateQueries({ queryKey: snippetsQuery.queryKey });
    },
  });
}

export function useDeleteSnippet() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ name, revision }: { name: string; revision: number }) => {
      await api.DELETE("/snippets/{name}", { params: { ...at(name), query: { base: revision } } });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: snippetsQuery.queryKey, exact: true }),
  });
}
