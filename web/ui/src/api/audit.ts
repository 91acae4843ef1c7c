import { infiniteQueryOptions } from "@tanstack/react-query";

import { api, type Schemas } from "./client";

export type AuditEvent = Schemas["AuditEvent"];

/** What of the log is wanted; empty is all of it. Days are whole ones, in the browser's zone. */
export interface AuditFilter {
  person: string;
  action: string;
  object: string;
  search: string;
  since: string;
  until: string;
}

const given = (text: string) => (text === "" ? undefined : text);
const dayStart = (day: string, add = 0) => {
  if (day === "") return undefined;
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + add);
  return date.toISOString();
};

/** Who did what, the latest first, a page at a time. */
export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ["audit", filter],
    queryFn: async ({ pageParam, signal }) => {
      const query = {
        person: given(filter.person),
        action: given(filter.action),
        object: given(filter.object),
        search: given(filter.search),
        since: dayStart(filter.since),
        until: dayStart(filter.until, 1),
        cursor: given(pageParam),
        limit: 50,
      };
      return (await api.GET("/audit", { params: { query }, signal })).data!;
    },
    initialPageParam: "",
    getNextPageParam: (page) => given(page.next),
    placeholderData: (before) => before,
    staleTime: 0,
  });
