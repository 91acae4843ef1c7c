import type { APIRequestContext } from "@playwright/test";

import { ok, type Persona, people, signedIn } from "./people.ts";

/** Reports of journeys stand apart from the demo. */
export const folder = "Journeys";

export interface Made {
  slug: string;
  id: string;
}

/** Keeps a report as the analyst; those it is not shared with by its folder may be named. */
export async function makeReport(url: string, document: string, { writer = "analyst", into = folder }: { writer?: Persona; into?: string } = {}): Promise<Made> {
  const client = await signedIn(url, people[writer].email);
  try {
    return (await ok(client.post("/api/v1/reports", { data: { document, folder: into } }))) as Made;
  } finally {
    await client.dispose();
  }
}

export interface RunRecord {
  id: string;
  status: string;
  error: string;
  artifacts: { url: string; name: string; format: string; rows: number }[];
}

/** Runs a report past the pages, and waits for its end. */
export async function runReport(client: APIRequestContext, slug: string, values: Record<string, unknown> = {}): Promise<RunRecord> {
  const { id } = (await ok(client.post(`/api/v1/reports/${slug}/runs`, { data: { values } }))) as RunRecord;
  await (await client.get(`/api/v1/runs/${id}/events`)).text(); // ends with the run
  return (await ok(client.get(`/api/v1/runs/${id}`))) as RunRecord;
}

/** A report of one query. */
export function oneCell(title: string, sql: string, form = ""): string {
  return `---\ntitle: ${title}\n${form === "" ? "" : `form:\n${form}\n`}---\n\`\`\`sql rows\n${sql}\n\`\`\`\n`;
}

/** Sleeps after every 65,000 rows or so. The title is in the query, to find it by. */
export function slowly(title: string): string {
  return oneCell(
    title,
    `SELECT count() AS n, '${title}' AS title FROM numbers(toUInt64({{ .rows }})) WHERE sleep(0.05) = 0`,
    "  - {name: rows, label: How many, type: input, kind: integer, required: true, default: 1000000000}",
  );
}
