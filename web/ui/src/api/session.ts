import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, type Schemas } from "./client";

export type Session = Schemas["Session"];
export type Role = Schemas["Role"];

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async ({ signal }) => (await api.GET("/session", { signal })).data!,
  staleTime: 60_000,
});

export const sessionOptionsQuery = queryOptions({
  queryKey: ["session", "options"],
  queryFn: async ({ signal }) => (await api.GET("/session/options", { signal })).data!,
  staleTime: Infinity,
});

/** Signs in. What is on the screen stays; everything that was fetched before is asked for again, unless somebody else signed in. */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: Schemas["SignIn"]) => (await api.POST("/session", { body })).data!,
    onSuccess: async (session) => {
      const before = client.getQueryData(sessionQuery.queryKey);
      if (before !== undefined && before.person.id !== session.person.id) client.clear();
      client.setQueryData(sessionQuery.queryKey, session);
      await client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== "session" });
    },
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      await api.DELETE("/session");
    },
    onSuccess: () => client.clear(),
  });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: Schemas["PasswordChange"]) => {
      await api.PUT("/me/password", { body });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  });
}
