import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, type Schemas } from "./client";

export type Grant = Schemas["Grant"];
export type Level = Schemas["Level"];
export type Principal = Schemas["Principal"];

/** What can be shared: a report by its slug, or a folder by its path with all below it. */
export type Shared = { report: string; folder?: undefined } | { folder: string; report?: undefined };

export const grantsQuery = (target: Shared) =>
  queryOptions({
    queryKey: ["grants", target],
    queryFn: async ({ signal }) => {
      if (target.report !== undefined) {
        return (await api.GET("/reports/{report}/grants", { params: { path: { report: target.report } }, signal })).data!.items;
      }
      return (await api.GET("/folder-grants", { params: { query: { folder: target.folder } }, signal })).data!.items;
    },
  });

/** People and groups whose name or email has the words. */
export const principalsQuery = (search: string) =>
  queryOptions({
    queryKey: ["principals", search],
    queryFn: async ({ signal }) => (await api.GET("/principals", { params: { query: { search } }, signal })).data!.items,
    placeholderData: (before) => before,
    staleTime: 30_000,
  });

/** To a person, to a group, or with neither to everyone who signs in. A grant takes the place of one to the same. */
export function useGrant(target: Shared) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: Schemas["GrantNew"]) => {
      if (target.report !== undefined) {
        await api.POST("/reports/{report}/grants", { params: { path: { report: target.report } }, body });
      } else {
        await api.POST("/folder-grants", { body: { ...body, folder: target.folder } });
      }
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["grants"] }),
  });
}

export function useRevoke(target: Shared) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (grant: string) => {
      if (target.report !== undefined) {
        await api.DELETE("/reports/{report}/grants/{grant}", { params: { path: { report: target.report, grant } } });
      } else {
        await api.DELETE("/folder-grants/{grant}", { params: { path: { grant } } });
      }
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["grants"] }),
  });
}
