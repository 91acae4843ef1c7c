import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, type Schemas } from "./client";

export type SourceSchema = Schemas["SourceSchema"];
export type SchemaTable = Schemas["SchemaTable"];
export type SchemaColumn = Schemas["SchemaColumn"];

/** Tables and columns of a source, as they were a minute ago at most. */
export const schemaQuery = (source: string) =>
  queryOptions({
    queryKey: ["schema", source],
    queryFn: async ({ signal }) => (await api.GET("/sources/{source}/schema", { params: { path: { source } }, signal })).data!,
    staleTime: 60_000,
    retry: false,
  });

/** Asks the source itself, now. */
export function useFreshSchema() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (source: string) =>
      (await api.GET("/sources/{source}/schema", { params: { path: { source }, query: { fresh: true } } })).data!,
    onSuccess: (schema, source) => client.setQueryData(schemaQuery(source).queryKey, schema),
  });
}

export interface TableAddress {
  source: string;
  database: string;
  table: string;
}

/** Some rows of a table, whichever come first. */
export const sampleQuery = ({ source, database, table }: TableAddress, limit = 50) =>
  queryOptions({
    queryKey: ["schema", source, "sample", database, table, limit],
    queryFn: async ({ signal }) =>
      (await api.GET("/sources/{source}/sample", { params: { path: { source }, query: { database, table, limit } }, signal })).data!,
    staleTime: 300_000,
    retry: false,
  });

/** Which reports read a table. */
export const tableUsesQuery = ({ source, database, table }: TableAddress) =>
  queryOptions({
    queryKey: ["schema", source, "uses", database, table],
    queryFn: async ({ signal }) =>
      (await api.GET("/sources/{source}/uses", { params: { path: { source }, query: { database, table } }, signal })).data!,
  });
