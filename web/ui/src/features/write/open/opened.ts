import { queryOptions, type QueryClient } from "@tanstack/react-query";

import { documentQuery } from "../../../api/documents";
import { draftOf, getDraft, type Draft } from "../../../api/drafts";
import { reportQuery, type Report } from "../../../api/reports";
import { schemaQuery } from "../../../api/schema-browser";
import { sourcesQuery } from "../../../api/sources";
import { localCopy, localKey } from "../draft/local";
import type { LocalCopy } from "../draft/keeper";
import { newDocument, type Words } from "./newDocument";

/** A document as somebody begins to write on it. */
export interface Opened {
  /** Undefined for a new report. */
  report?: Report;
  /** The document of the revision, or what a new report begins with. */
  saved: string;
  /** The revision, 0 for a new report. */
  base: number;
  folder: string;
  draft?: Draft;
  /** What this browser kept and could not send. */
  local?: LocalCopy;
  localKey: string;
}

/** Somebody who may write drafts opens a report. It is asked for each time: what is in the cache may be old. */
export const openedReport = (person: string, slug: string, drafts: boolean) =>
  queryOptions({
    queryKey: ["write", person, slug, drafts],
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: async ({ client, signal }): Promise<Opened> => {
      const report = await client.fetchQuery({ ...reportQuery(slug), staleTime: 0 });
      const [document, draft] = await Promise.all([
        client.fetchQuery(documentQuery(report.slug, report.revision)),
        drafts && report.level === "edit" && report.provisioned === "" ? draftOf(report.id, signal) : null,
      ]);
      const key = localKey(person, report.id);
      const saved = document.document ?? "";
      return {
        report, saved, base: report.revision, folder: report.folder, localKey: key,
        draft: draft ?? undefined,
        local: differing(localCopy(key), draft?.document ?? saved),
      };
    },
  });

/** A new report, from a draft of it or from nothing. */
export const openedNew = (person: string, draftId: string | undefined, folder: string, words: Words, attempt: string) =>
  queryOptions({
    queryKey: ["write", person, "new", draftId ?? attempt],
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: async ({ client, signal }): Promise<Opened> => {
      const key = localKey(person, `new.${draftId ?? ""}`);
      const draft = draftId === undefined ? undefined : await getDraft(draftId, signal);
      const saved = draft?.document ?? (await beginning(client, words));
      return { saved, base: 0, folder: draft?.folder ?? folder, draft, local: differing(localCopy(key), saved), localKey: key };
    },
  });

function differing(local: LocalCopy | undefined, text: string): LocalCopy | undefined {
  return local === undefined || local.text === text ? undefined : local;
}

/** A source that does not answer must not keep anybody from writing. */
async function beginning(client: QueryClient, words: Words): Promise<string> {
  const sources = await client.fetchQuery(sourcesQuery).catch(() => []);
  const first = sources.find(({ name }) => name === "warehouse") ?? sources[0];
  if (first === undefined) return newDocument(words);
  const patience = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 4_000));
  const schema = await Promise.race([client.fetchQuery(schemaQuery(first.name)).catch(() => undefined), patience]);
  return newDocument(words, first.name, schema);
}
