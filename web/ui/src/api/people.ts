import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, type Schemas } from "./client";
import { once } from "./once";

export type Person = Schemas["Person"];
export type Group = Schemas["Group"];
export type Limits = Schemas["ValueLimits"];
export type SourceGrant = Schemas["SourceGrant"];

export interface PeopleFilter {
  search: string;
  role: Person["role"] | "";
}

export const peopleQuery = (filter: PeopleFilter) =>
  infiniteQueryOptions({
    queryKey: ["people", "list", filter],
    queryFn: async ({ pageParam, signal }) => {
      const query = { search: filter.search || undefined, role: filter.role || undefined, cursor: pageParam || undefined, limit: 100 };
      return (await api.GET("/people", { params: { query }, signal })).data!;
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
    placeholderData: (before) => before,
  });

export const groupsQuery = queryOptions({
  queryKey: ["people", "groups"],
  queryFn: async ({ signal }) => (await api.GET("/groups", { signal })).data!.items,
});

export const groupQuery = (group: string) =>
  queryOptions({
    queryKey: ["people", "groups", group],
    queryFn: async ({ signal }) => (await api.GET("/groups/{group}", { params: { path: { group } }, signal })).data!,
  });

export const sourceGrantsQuery = queryOptions({
  queryKey: ["people", "source-grants"],
  queryFn: async ({ signal }) => (await api.GET("/source-grants", { signal })).data!.items,
});

/** A change of people, groups or rights; whatever is shown of them is asked for again, and what people see of each other. */
function useChange<Given, Answer>(mutationFn: (given: Given) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: ["people"] }), client.invalidateQueries({ queryKey: ["principals"] })]),
  });
}

const createPerson = once(async (body: Schemas["PersonNew"]) => (await api.POST("/people", { body })).data!);

export const useCreatePerson = () => useChange(createPerson);

export const useChangePerson = (person: string) =>
  useChange(async (body: Schemas["PersonChange"]) => (await api.PATCH("/people/{person}", { params: { path: { person } }, body })).data!);

const resetPassword = once(async (person: string) => (await api.POST("/people/{person}/password", { params: { path: { person } } })).data!.password);

export const useResetPassword = (person: string) => useChange(() => resetPassword(person));

export const useEndSessions = (person: string) =>
  useChange(async () => {
    await api.DELETE("/people/{person}/sessions", { params: { path: { person } } });
  });

const createGroup = once(async (body: Schemas["GroupNew"]) => (await api.POST("/groups", { body })).data!);

export const useCreateGroup = () => useChange(createGroup);

export const useChangeGroup = (group: string) =>
  useChange(async (body: Schemas["GroupChange"]) => (await api.PATCH("/groups/{group}", { params: { path: { group } }, body })).data!);

export const useDeleteGroup = () =>
  useChange(async (group: string) => {
    await api.DELETE("/groups/{group}", { params: { path: { group } } });
  });

/** Puts people into groups and takes them out. */
export const useMembership = () =>
  useChange(async ({ group, person, member }: { group: string; person: string; member: boolean }) => {
    const path = { params: { path: { group, person } } };
    if (member) await api.PUT("/groups/{group}/members/{person}", path);
    else await api.DELETE("/groups/{group}/members/{person}", path);
  });

export const useGrantSource = () =>
  useChange(async (body: Schemas["SourceGrantNew"]) => {
    await api.POST("/source-grants", { body });
  });

export const useRevokeSource = () =>
  useChange(async (grant: string) => {
    await api.DELETE("/source-grants/{grant}", { params: { path: { grant } } });
  });
