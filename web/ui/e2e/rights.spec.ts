import type { Page } from "@playwright/test";

import { expect, picture, test } from "./journey.ts";
import { ok, password, people, signedIn } from "./people.ts";
import { makeReport, oneCell, runReport } from "./reports.ts";

const secret = "Blue-Heron-4711";

/** Every answer that the page's own requests got, to look for what must not be in them. */
function answers(page: Page): () => Promise<string> {
  const bodies: Promise<string>[] = [];
  page.on("response", (response) => {
    if (response.url().includes("/api/") || response.url().includes("/d/")) bodies.push(response.text().catch(() => ""));
  });
  return async () => (await Promise.all(bodies)).join("\n");
}

async function secretRun(url: string): Promise<{ run: string; file: string; slug: string }> {
  const { slug } = await makeReport(url, oneCell(`Titled ${secret}`, `SELECT '${secret}' AS word`));
  const manager = await signedIn(url, people.manager.email);
  const run = await runReport(manager, slug);
  expect(run.status).toBe("succeeded");
  const made = (await ok(manager.get(`/api/v1/runs/${run.id}`))) as { artifacts: { format: string; url: string }[] };
  await manager.dispose();
  return { slug, run: run.id, file: made.artifacts.find(({ format }) => format === "csv")!.url };
}

test("somebody without rights is told so, and learns nothing", async ({ as, url }) => {
  const { slug, run, file } = await secretRun(url);
  for (const language of ["en", "ru"] as const) {
    const page = await as("stranger", { language });
    const told = answers(page);
    await page.goto(`/runs/${run}`);
    await expect(page.getByRole("heading", { name: language === "en" ? "There is nothing here" : "Здесь ничего нет" })).toBeVisible();
    await picture(page, `run-of-others-${language}`);
    await page.goto(`/r/${slug}?run=${run}`);
    await expect(page.getByRole("heading", { name: language === "en" ? "This report is not open to you" : "Этот отчёт вам недоступен" })).toBeVisible();
    await page.goto("/");
    await page.getByRole("combobox").fill(secret);
    await expect(page.getByText(language === "en" ? `Nothing found for “${secret}”` : `По запросу «${secret}» ничего не нашлось`)).toBeVisible();
    expect(await told()).not.toContain(secret);
    const refused = await page.request.get(file, { maxRedirects: 0 });
    expect(refused.status()).toBeGreaterThanOrEqual(400);
    expect(await refused.text()).not.toContain(secret);
  }
});

test("somebody who is not signed in is led through the sign-in, to the run and to the file", async ({ as, url }) => {
  const { run, file } = await secretRun(url);
  const page = await as(null);
  const told = answers(page);
  await page.goto(`/runs/${run}`);
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  expect(await told()).not.toContain(secret);
  await page.getByLabel("Email").fill(people.manager.email);
  await page.getByLabel(/^Password/).fill(password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: `Titled ${secret}`, level: 1 })).toBeVisible();
  await expect(page.getByRole("grid").getByText(secret)).toBeVisible();

  const other = await as(null);
  await other.goto(file);
  await expect(other.getByRole("heading", { name: "The file was not opened" })).toBeVisible();
  await other.getByRole("link", { name: "Sign in" }).click();
  await other.getByLabel("Email").fill(people.manager.email);
  await other.getByLabel(/^Password/).fill(password);
  const [download] = await Promise.all([other.waitForEvent("download"), other.keyboard.press("Enter")]);
  expect(download.suggestedFilename()).toContain(secret);
});

test("pages of other roles say so to those who come by an address", async ({ as }) => {
  const page = await as("manager");
  for (const path of ["/people", "/connections", "/audit", "/system", "/new", "/schema", "/snippets"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "This page is not for you" })).toBeVisible();
  }
  await expect(page.getByRole("navigation", { name: "Menu" }).getByRole("link")).toHaveText(["Reports", "Runs"]);
});
