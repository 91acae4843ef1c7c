import { queryOptions } from "@tanstack/react-query";

import { api, type Schemas } from "./client";

export type System = Schemas["System"];
export type SystemPart = Schemas["SystemPart"];
export type Figure = Schemas["Figure"];
export type Process = Schemas["Process"];

/** How the service is, asked again every five seconds while somebody looks. */
export const systemQuery = queryOptions({
  queryKey: ["system"],
  queryFn: async ({ signal }) => (await api.GET("/system", { signal })).data!,
  refetchInterval: 5_000,
  staleTime: 0,
});
