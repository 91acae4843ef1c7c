import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, type Schemas } from "./client";
import { once } from "./once";

export type SessionInfo = Schemas["SessionInfo"];
export type Token = Schemas["Token"];
export type Scope = Schemas["Scope"];

/** Where the person is signed in. */
export const mySessionsQuery = queryOptions({
  queryKey: ["account", "sessions"],
  queryFn: async ({ signal }) => (await api.GET("/me/sessions", { signal })).data!.items,
});

export function useEndMySession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => {
      await api.DELETE("/me/sessions/{id}", { params: { path: { id } } });
    },
    onSettled: () => client.invalidateQueries({ queryKey: mySessionsQuery.queryKey }),
  });
}

export const myTokensQuery = queryOptions({
  queryKey: ["account", "tokens"],
  queryFn: async ({ signal }) => (await api.GET("/me/tokens", { signal })).data!.items,
});

/** The answer is the only time the secret is told. */
const createToken = once(async (body: Schemas["TokenNew"]) => (await api.POST("/me/tokens", { body })).data!);

export function useCreateToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: createToken,
    gcTime: 0,
    onSettled: () => client.invalidateQueries({ queryKey: myTokensQuery.queryKey }),
  });
}

export function useRevokeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => {
      await api.DELETE("/me/tokens/{id}", { params: { path: { id } } });
    },
    onSettled: () => client.invalidateQueries({ queryKey: myTokensQuery.queryKey }),
  });
}
