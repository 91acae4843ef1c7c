import { queryOptions } from "@tanstack/react-query";

import { api, type Schemas } from "./client";

export type WorkbookFile = Schemas["File"];

/** The workbooks of a folder, which exports can fill. */
export const filesQuery = (folder: string) =>
  queryOptions({
    queryKey: ["files", folder],
    queryFn: async ({ signal }) => (await api.GET("/files", { params: { query: { folder } }, signal })).data!.items,
  });
