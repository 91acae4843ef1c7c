import type { Page } from "@playwright/test";

import { csvRows, take } from "./files.ts";
import { expect, picture, test } from "./journey.ts";
import { ok, people, signedIn } from "./people.ts";
import { makeReport, oneCell } from "./reports.ts";

const written = (title: string, field = "word") => `---
title: ${title}
form:
  - {name: word, label: Word, type: input, default: hello}
---
Words for everybody.

\`\`\`sql rows
SELECT {{ .${field} }} AS word, number AS n FROM numbers(3)
\`\`\`
`;

const whole = (page: Page) => page.getByRole("textbox", { name: "The whole document" });

async function show(page: Page, view: "Cells" | "Text"): Promise<void> {
  await page.getByRole("radiogroup", { name: "View" }).getByText(view, { exact: true }).click();
}

test("an analyst writes a report, is told of mistakes, tries it, saves it twice, restores it and shares it", async ({ as }) => {
  const title = `Written from nothing ${Date.now()}`;
  const page = await as("analyst");
  await page.goto("/new");
  await show(page, "Text");
  await whole(page).fill(written(title, "wrod"));
  await page.getByRole("tab", { name: /^Problems/ }).click();
  await expect(page.getByRole("tabpanel").getByText(/wrod/).first()).toBeVisible();
  await picture(page, "write-problems");
  await whole(page).fill(written(title));
  await expect(page.getByText("No problems.")).toBeVisible();

  await show(page, "Cells");
  await page.getByRole("button", { name: "Run rows" }).click();
  const grid = page.getByRole("grid", { name: "Rows of Result of rows" }).or(page.getByRole("grid", { name: "Result of rows" }));
  await expect(grid.getByText("hello").first()).toBeVisible();
  await page.getByRole("button", { name: "More about SQL cell rows" }).click();
  await page.getByRole("menuitem", { name: "See what is sent" }).click();
  const sent = page.getByRole("region", { name: "What is sent" });
  await expect(sent.getByText("{p1:String}")).toBeVisible();
  await expect(sent.getByRole("cell", { name: "hello" })).toBeVisible();
  await picture(page, "write-cells");

  await expect(page.getByText(/^Draft kept/)).toBeVisible();
  const context = page.context();
  await page.close();
  const back = await context.newPage();
  await back.goto("/");
  await back.getByRole("region", { name: "Continue writing" }).getByRole("link", { name: title }).click();
  await show(back, "Text");
  await expect(whole(back)).toContainText("Words for everybody.");
  await back.reload();
  await expect(back.getByRole("heading", { name: title, level: 1 })).toBeVisible();

  await back.getByRole("button", { name: "Save", exact: true }).click();
  const saving = back.getByRole("dialog");
  await saving.getByRole("textbox", { name: "Folder" }).or(saving.getByLabel("Folder")).first().fill("Journeys");
  await saving.getByLabel("What was changed").fill("The first words");
  await saving.getByRole("button", { name: "Save", exact: true }).click();
  await expect(back.getByText("Saved as revision 1").first()).toBeVisible();
  await expect(back).toHaveURL(/\/r\/written-from-nothing-\d+\/edit$/);
  await show(back, "Text");
  await whole(back).fill(written(title).replace("numbers(3)", "numbers(5)"));
  await back.getByRole("button", { name: "Save", exact: true }).click();
  await saving.getByLabel("What was changed").fill("More rows");
  await saving.getByRole("button", { name: "Save", exact: true }).click();
  await expect(back.getByText("Saved as revision 2").first()).toBeVisible();

  const slug = /\/r\/([^/]+)\//.exec(back.url())![1]!;
  await back.goto(`/r/${slug}/history`);
  await expect(back.getByText("More rows")).toBeVisible();
  await expect(back.getByText("What changed from revision 1 to revision 2")).toBeVisible();
  await expect(back.getByText(/numbers\(5\)/).first()).toBeVisible();
  await picture(back, "history");
  await back.getByRole("button", { name: "Restore revision 1" }).click();
  await back.getByRole("dialog").getByRole("button", { name: /^Restore/ }).click();
  await expect(back.getByText("Revision 3").first()).toBeVisible();

  await back.goto(`/r/${slug}`);
  await back.getByRole("button", { name: "Share", exact: true }).click();
  const sharing = back.getByRole("dialog", { name: "Share the report" });
  await sharing.getByLabel("With").fill("Stan");
  await back.getByRole("option", { name: /Stan Stranger/ }).click();
  await sharing.getByRole("button", { name: "Share", exact: true }).click();
  await expect(sharing.getByRole("listitem").filter({ hasText: /stan/i }).getByLabel(/may$/)).toBeVisible();
  await picture(back, "share");

  const stan = await as("stranger");
  await stan.goto(`/r/${slug}`);
  await stan.getByRole("textbox", { name: "Word" }).fill("shared");
  await stan.getByRole("button", { name: "Run", exact: true }).click();
  expect(csvRows(await take(stan, stan.getByRole("link", { name: /^Download CSV/ }))).slice(1)).toEqual([0, 1, 2].map((n) => ["shared", String(n)]));
  await expect(stan.getByRole("button", { name: "Details of this run" })).toBeHidden();
});

test("two analysts change one report, and the second is told before anything is lost", async ({ as, url }) => {
  const title = `Changed by two ${Date.now()}`;
  const { slug, id } = await makeReport(url, oneCell(title, "SELECT 1 AS one"));
  const admin = await signedIn(url, people.analyst.email);
  await ok(admin.post(`/api/v1/reports/${id}/grants`, { data: { level: "edit" } }));
  await admin.dispose();
  const [first, second] = [await as("analyst"), await as("colleague")];
  for (const page of [first, second]) {
    await page.goto(`/r/${slug}/edit`);
    await show(page, "Text");
    await expect(whole(page)).toContainText("SELECT 1 AS one");
  }
  await first.bringToFront();
  await whole(first).fill(oneCell(title, "SELECT 2 AS two"));
  await first.getByRole("button", { name: "Save", exact: true }).click();
  await first.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).click();
  await expect(first.getByText("Saved as revision 2").first()).toBeVisible();
  await second.bringToFront();
  await whole(second).fill(oneCell(title, "SELECT 3 AS three"));
  await second.getByRole("button", { name: "Save", exact: true }).click();
  await second.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).click();
  await expect(second.getByText(/saved revision 2 meanwhile|Revision 2 was saved meanwhile/).first()).toBeVisible();
  await expect(whole(second)).toContainText("SELECT 3 AS three");
  await picture(second, "write-conflict");
});

test("an analyst looks at tables and writes a snippet", async ({ as }) => {
  const page = await as("analyst");
  await page.goto("/schema");
  await page.getByRole("textbox", { name: "Find a table or column" }).or(page.getByRole("searchbox", { name: "Find a table or column" })).fill("card_number");
  await expect(page.getByText("cards", { exact: true }).first()).toBeVisible();
  await page.getByText("cards", { exact: true }).first().click();
  await expect(page.getByText("card_number", { exact: true }).first()).toBeVisible();
  await expect(page.getByText(/reports? whose SQL you may not see/)).toBeVisible();
  await picture(page, "schema-table");
  const name = `journey_${Date.now()}`;
  await page.goto("/snippets");
  await page.getByRole("button", { name: "New snippet" }).or(page.getByRole("link", { name: "New snippet" })).first().click();
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Write it" }).click();
  await page.getByRole("textbox", { name: `SQL of ${name}` }).fill("SELECT id FROM users WHERE id > 0");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText(`${name} is saved.`)).toBeVisible();
  await expect(page.getByText("No report uses it.")).toBeVisible();
});
