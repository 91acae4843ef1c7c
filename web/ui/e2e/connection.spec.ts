import { csvRows, take } from "./files.ts";
import { expect, picture, test } from "./journey.ts";
import { ok, password, people, settle, signedIn } from "./people.ts";
import { makeReport, oneCell, slowly } from "./reports.ts";
import { startService } from "./service.ts";

const form = "  - {name: word, label: Word, type: input, required: true}\n  - {name: count, label: How many, type: input, kind: integer, default: 3}";
const echo = (title: string) => oneCell(title, "SELECT {{ .word }} AS word, number FROM numbers(toUInt64({{ .count }}))", form);

test("what is typed while the connection is away stays, and runs once it is back", async ({ as, url }) => {
  const { slug } = await makeReport(url, echo("Typed in a tunnel"));
  const page = await as("manager");
  await page.goto(`/r/${slug}`);
  await expect(page.getByRole("textbox", { name: "Word" })).toBeVisible();
  await page.context().setOffline(true);
  await page.getByRole("textbox", { name: "Word" }).fill("kept");
  await page.getByRole("textbox", { name: "How many" }).fill("4");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page.getByText(/The service cannot be reached. Check your connection/).first()).toBeVisible();
  await picture(page, "offline");
  await page.context().setOffline(false);
  await expect(page.getByRole("textbox", { name: "Word" })).toHaveValue("kept");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  const rows = csvRows(await take(page, page.getByRole("link", { name: /^Download CSV/ })));
  expect(rows.slice(1)).toEqual([0, 1, 2, 3].map((n) => ["kept", String(n)]));
});

test("a run that goes on while the connection is away shows its result when it is back", async ({ as, url }) => {
  const { slug } = await makeReport(url, slowly("Run in a tunnel"));
  const page = await as("manager");
  await page.goto(`/r/${slug}`);
  await page.getByRole("textbox", { name: "How many" }).fill("6000000");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page.getByRole("region", { name: "How the run gets on" })).toBeVisible();
  await page.context().setOffline(true);
  const manager = await signedIn(url, people.manager.email);
  const id = new URL(page.url()).searchParams.get("run")!;
  await expect.poll(async () => ((await ok(manager.get(`/api/v1/runs/${id}`))) as { status: string }).status).toBe("succeeded");
  await manager.dispose();
  await page.context().setOffline(false);
  await expect(page.getByRole("grid").getByText("6000000")).toBeVisible();
});

test("a session that ended elsewhere is opened again in place, and nothing typed is lost", async ({ as, url }) => {
  const { slug } = await makeReport(url, echo("Typed after the session"));
  const client = await signedIn(url, people.manager.email);
  const page = await as(null, { storageState: await client.storageState() });
  await page.goto(`/r/${slug}`);
  await page.getByRole("textbox", { name: "Word" }).fill("still here");
  await ok(client.delete("/api/v1/session"));
  await client.dispose();
  await page.getByRole("textbox", { name: "How many" }).fill("2");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Your session has ended" });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByLabel("Email")).toHaveValue(people.manager.email);
  await picture(page, "session-ended");
  await dialog.getByLabel(/^Password/).fill(password);
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("textbox", { name: "Word" })).toHaveValue("still here");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  const rows = csvRows(await take(page, page.getByRole("link", { name: /^Download CSV/ })));
  expect(rows.slice(1)).toEqual([["still here", "0"], ["still here", "1"]]);
});

test("a service that is killed and started again finds the page where it was", async ({ browser }) => {
  test.setTimeout(180_000);
  const first = await startService({ demo: false, log: "killed" });
  let service = first;
  try {
    await settle(first.url, first.password);
    const { slug } = await makeReport(first.url, slowly("Run through a crash"));
    const client = await signedIn(first.url, people.manager.email);
    const context = await browser.newContext({ baseURL: first.url, locale: "en-US", storageState: await client.storageState() });
    const page = await context.newPage();
    await page.goto(`/r/${slug}`);
    await page.getByRole("textbox", { name: "How many" }).fill("4000000");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await expect(page.getByRole("region", { name: "How the run gets on" })).toBeVisible();
    await first.stop("SIGKILL");
    service = await startService({ demo: false, log: "killed", data: first.data, listen: new URL(first.url).host });
    await expect(page.getByRole("grid").getByText("4000000")).toBeVisible({ timeout: 100_000 });
    await expect(page.getByRole("textbox", { name: "How many" })).toHaveValue("4000000");
    await context.close();
    await client.dispose();
  } finally {
    await service.stop();
    await first.end();
  }
});
