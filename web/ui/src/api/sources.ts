import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, type Schemas } from "./client";

export type Source = Schemas["Source"];
export type SourceLimits = Schemas["SourceLimits"];
export type SourceTest = Schemas["SourceTest"];

/** Those the person may write SQL for. */
export const sourcesQuery = queryOptions({
  queryKey: ["sources"],
  queryFn: async ({ signal }) => (await api.GET("/sources", { signal })).data!.items,
});

/** What is filled in for a source. Without an address the one that is kept stays. */
export interface SourceSettings {
  name: string;
  driver: "clickhouse" | "postgres";
  dsn: string;
  database: string;
  limits: SourceLimits;
}

/** Connects a source, or changes the version that was looked at. */
export function useSaveSource(before: Source | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ name, dsn, ...rest }: SourceSettings) => {
      const settings = { ...rest, ...(dsn === "" ? {} : { dsn }) };
      if (before === null) await api.POST("/sources", { body: { ...rest, name, dsn } });
      else await api.PUT("/sources/{source}", { params: { path: { source: before.name } }, body: { ...settings, version: before.version } });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["sources"] }),
  });
}

export function useDeleteSource() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (source: string) => {
      await api.DELETE("/sources/{source}", { params: { path: { source } } });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["sources"] }),
  });
}

/** Asks a connected source whether it answers. */
export function useTestSource() {
  return useMutation({
    mutationFn: async (source: string) => (await api.POST("/sources/{source}/test", { params: { path: { source } } })).data!,
  });
}

/** Asks before connecting. The name of a connected source lends its address when none is filled in. */
export function useTrySource() {
  return useMutation({
    mutationFn: async ({ name, driver, dsn, database }: Omit<SourceSettings, "limits">) =>
      (await api.POST("/source-test", { body: { driver, database, ...(dsn === "" ? { name } : { dsn }) } })).data!,
  });
}

/** The functions of a source; they hardly ever change. */
export const functionsQuery = (source: string) =>
  queryOptions({
    queryKey: ["functions", source],
    queryFn: async ({ signal }) => (await api.GET("/sources/{source}/functions", { params: { path: { source } }, signal })).data!.items,
    staleTime: Infinity,
    retry: false,
  });
