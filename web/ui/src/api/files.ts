import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, type Schemas } from "./client";

export type WorkbookFile = Schemas["File"];

/** The workbooks of a folder, which exports can fill. */
export const filesQuery = (folder: string) =>
  queryOptions({
    queryKey: ["files", folder],
    queryFn: async ({ signal }) => (await api.GET("/files", { params: { query: { folder } }, signal })).data!.items,
  });

/** The reports that fill a workbook. */
export const fileUsesQuery = (folder: string, name: string) =>
  queryOptions({
    queryKey: ["files", folder, name, "uses"],
    queryFn: async ({ signal }) => (await api.GET("/files/{name}/uses", { params: { path: { name }, query: { folder } }, signal })).data!,
    staleTime: 0,
  });

/** Where the browser downloads a workbook. */
export const fileAddress = ({ folder, name }: Pick<WorkbookFile, "folder" | "name">) =>
  `/api/v1/files/${encodeURIComponent(name)}?${new URLSearchParams({ folder })}`;

export interface NewFile {
  name: string;
  content: Blob;
  /** The revision that it takes the place of, 0 for a workbook that is not there yet. */
  base: number;
}

export function useSaveFile(folder: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ name, content, base }: NewFile) => {
      const { data } = await api.PUT("/files/{name}", {
        params: { path: { name }, query: { folder, base } },
        headers: { "Content-Type": "application/octet-stream" },
        body: content as unknown as string, // what the types call a text of bytes
        bodySerializer: (body: unknown) => body as Blob,
      });
      return data!;
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["files", folder] }),
  });
}

export function useDeleteFile(folder: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ name, revision }: WorkbookFile) => {
      await api.DELETE("/files/{name}", { params: { path: { name }, query: { folder, base: revision } } });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["files", folder] }),
  });
}
