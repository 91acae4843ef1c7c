import { type APIRequestContext, request } from "@playwright/test";

export const password = "correct horse battery 9";

/** The people of the journeys. Each has a role; the member is also in a group that is limited to one partner. */
export const people = {
  admin: { email: "admin@localhost", name: "Administrator", role: "administrator" },
  analyst: { email: "anna@example.com", name: "Anna Analyst", role: "analyst" },
  colleague: { email: "carl@example.com", name: "Carl Colleague", role: "analyst" },
  manager: { email: "misha@example.com", name: "Misha Manager", role: "member" },
  marketer: { email: "maria@example.com", name: "Maria Marketer", role: "member" },
  stranger: { email: "stan@example.com", name: "Stan Stranger", role: "member" },
} as const;

export type Persona = keyof typeof people;

/** Signs in and gives a client of the API that keeps the session. */
export async function signedIn(url: string, email: string, secret = password): Promise<APIRequestContext> {
  const client = await request.newContext({ baseURL: url });
  await ok(client.post("/api/v1/session", { data: { email, password: secret } }));
  return client;
}

export async function ok(answer: ReturnType<APIRequestContext["get"]>): Promise<unknown> {
  const response = await answer;
  if (!response.ok()) throw new Error(`${response.url()}: ${response.status()} ${await response.text()}`);
  return response.status() === 204 ? null : response.json();
}

/** Makes everybody, shares the demo with all but the stranger, and leaves nobody with a password of somebody else. */
export async function settle(url: string, first: string): Promise<void> {
  const started = await signedIn(url, people.admin.email, first);
  await ok(started.put("/api/v1/me/password", { data: { current: first, new: password } }));
  const admin = await signedIn(url, people.admin.email);
  const group = (await ok(admin.post("/api/v1/groups", { data: { name: "Reporting" } }))) as { id: string };
  for (const { email, name, role } of Object.values(people)) {
    if (role === "administrator") continue;
    const groups = email === people.stranger.email ? [] : [group.id];
    const made = (await ok(admin.post("/api/v1/people", { data: { email, name, role, groups } }))) as { password: string };
    const person = await signedIn(url, email, made.password);
    await ok(person.put("/api/v1/me/password", { data: { current: made.password, new: password } }));
    await person.dispose();
  }
  const sources = (await ok(admin.get("/api/v1/sources"))) as { items: { name: string }[] };
  for (const { name } of sources.items) await ok(admin.post("/api/v1/source-grants", { data: { source: name } }));
  const grants = (await ok(admin.get("/api/v1/folder-grants?folder="))) as { items: { id: string; group_id: string }[] };
  for (const grant of grants.items) await ok(admin.delete(`/api/v1/folder-grants/${grant.id}`));
  await ok(admin.post("/api/v1/folder-grants", { data: { folder: "", level: "run", group_id: group.id } }));
  await Promise.all([started.dispose(), admin.dispose()]);
}
