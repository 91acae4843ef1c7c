import { mkdirSync } from "node:fs";

import { people, settle, signedIn } from "./people.ts";
import { startService } from "./service.ts";

/** One service for all journeys that do not need one of their own. Where E2E_URL and E2E_DATA name one that was started here before and kept, it is taken. */
export default async function start(): Promise<() => Promise<void>> {
  if (process.env.E2E_URL !== undefined) return () => Promise.resolve();
  const service = await startService();
  try {
    await settle(service.url, service.password);
    mkdirSync(`${service.data}/browser`);
    for (const [persona, { email }] of Object.entries(people)) {
      const client = await signedIn(service.url, email);
      await client.storageState({ path: `${service.data}/browser/${persona}.json` });
      await client.dispose();
    }
  } catch (error) {
    await service.end();
    throw error;
  }
  process.env.E2E_URL = service.url;
  process.env.E2E_DATA = service.data;
  return service.end;
}
