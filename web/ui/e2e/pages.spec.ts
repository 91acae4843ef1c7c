import type { Page } from "@playwright/test";

import { accessible, expect, fits, phone, picture, test } from "./journey.ts";
import { people, type Persona, signedIn } from "./people.ts";
import { makeReport, oneCell, runReport } from "./reports.ts";

interface Visit {
  name: string;
  path: string;
  as: Persona;
  /** What is on the page once it is there: a heading or another thing of a role. */
  shows: (page: Page) => ReturnType<Page["getByRole"]>;
}

const title = (page: Page) => page.getByRole("heading", { level: 1 }).first();
const rows = (page: Page) => page.getByRole("row").nth(1);

/** Every page, as one of those who open it. */
const visits: Visit[] = [
  { name: "home", path: "/", as: "analyst", shows: (page) => page.getByRole("listitem").nth(3) },
  { name: "home-search", path: "/?search=cards", as: "manager", shows: (page) => page.getByRole("combobox") },
  { name: "report", path: "/r/top-buyers", as: "manager", shows: (page) => page.getByRole("button", { name: /^(Run|Запустить)$/ }) },
  { name: "report-fields", path: "/r/card-activity", as: "analyst", shows: (page) => page.getByRole("button", { name: /^(Run|Запустить)$/ }) },
  { name: "runs", path: "/runs", as: "analyst", shows: title },
  { name: "account", path: "/account", as: "manager", shows: title },
  { name: "account-sessions", path: "/account/sessions", as: "analyst", shows: title },
  { name: "account-tokens", path: "/account/tokens", as: "analyst", shows: title },
  { name: "write-new", path: "/new", as: "analyst", shows: (page) => page.getByRole("textbox").first() },
  { name: "schema", path: "/schema", as: "analyst", shows: title },
  { name: "snippets", path: "/snippets", as: "analyst", shows: title },
  { name: "people", path: "/people", as: "admin", shows: (page) => page.getByRole("button", { name: people.analyst.name }) },
  { name: "people-groups", path: "/people/groups", as: "admin", shows: (page) => page.getByRole("button", { name: "Reporting" }) },
  { name: "people-sources", path: "/people/sources", as: "admin", shows: (page) => page.getByRole("heading", { name: "warehouse" }) },
  { name: "connections", path: "/connections", as: "admin", shows: (page) => page.getByRole("heading", { name: "warehouse" }) },
  { name: "audit", path: "/audit", as: "admin", shows: (page) => page.getByRole("button", { name: /^(Details of|Подробности)/ }).first() },
  { name: "system", path: "/system", as: "admin", shows: rows },
  { name: "not-found", path: "/nowhere/at/all", as: "manager", shows: title },
  { name: "not-for-you", path: "/audit", as: "manager", shows: title },
];

for (const { name, path, as: persona, shows } of visits) {
  test(`${name}: light, English, on a desktop`, async ({ as }) => {
    const page = await as(persona, { again: true });
    await page.goto(path);
    await expect(shows(page)).toBeVisible();
    await accessible(page);
    await picture(page, name);
  });

  test(`${name}: dark, Russian, on a phone`, async ({ as }) => {
    const page = await as(persona, { ...phone, language: "ru", colorScheme: "dark", again: true });
    await page.goto(path);
    await expect(shows(page)).toBeVisible();
    await fits(page);
    await accessible(page);
    await picture(page, `${name}-ru-dark-phone`);
  });
}

/** Pages of a report that somebody wrote. */
for (const { name, path, shows } of [
  { name: "write", path: "edit", shows: (page: Page) => page.getByRole("textbox").first() },
  { name: "history", path: "history", shows: title },
]) {
  for (const { language, looks, options } of [
    { language: "en", looks: "light, English, on a desktop", options: {} },
    { language: "ru", looks: "dark, Russian, on a phone", options: { ...phone, colorScheme: "dark" } },
  ] as const) {
    test(`${name}: ${looks}`, async ({ as, url }) => {
      const { slug } = await makeReport(url, oneCell(`Looked at ${name} ${language}`, "SELECT 1 AS one"));
      const page = await as("analyst", { ...options, language, again: true });
      await page.goto(`/r/${slug}/${path}`);
      await expect(shows(page)).toBeVisible();
      await fits(page);
      await accessible(page);
      await picture(page, language === "en" ? name : `${name}-ru-dark-phone`);
    });
  }
}

test("a run that failed, in lists: dark, Russian, on a phone", async ({ as, url }) => {
  const title = `Fails ${Date.now()}`;
  const { slug } = await makeReport(url, oneCell(title, "SELECT throwIf(1, 'the words of the database')"));
  const short = "Отчёт не выполнился до конца. Причина — на странице запуска.";
  for (const [persona, words] of [["analyst", undefined], ["manager", short]] as const) {
    const client = await signedIn(url, people[persona].email);
    const { error } = await runReport(client, slug);
    await client.dispose();
    const page = await as(persona, { ...phone, language: "ru", colorScheme: "dark", again: true });
    for (const path of ["/runs", "/"]) {
      await page.goto(path);
      const run = page.getByRole("listitem").filter({ hasText: title });
      await expect(run.getByText(words ?? error)).toHaveAttribute("title", error);
      await fits(page);
      await accessible(page);
      await run.scrollIntoViewIfNeeded();
      await picture(page, `${path === "/" ? "home" : "runs"}-failed-${persona}-ru-dark-phone`);
    }
  }
});

for (const { language, path, heading } of [
  { language: "en", path: "/help/", heading: /.+/ },
  { language: "en", path: "/help/start-running", heading: /.+/ },
  { language: "en", path: "/help/fields", heading: /Fields/ },
  { language: "ru", path: "/help/ru/", heading: /[А-я]+/ },
  { language: "ru", path: "/help/ru/exports", heading: /[А-я]+/ },
] as const) {
  test(`the help: ${path}`, async ({ as }) => {
    const page = await as(null, { language, colorScheme: language === "ru" ? "dark" : "light", again: true });
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await accessible(page);
    await picture(page, `help${path.replaceAll("/", "-")}`);
  });
}

test("the API describes itself", async ({ as }) => {
  const page = await as("analyst");
  await page.goto("/api/docs");
  await expect(page.getByText("/reports/{report}/runs").first()).toBeVisible();
  await picture(page, "api-docs");
});
