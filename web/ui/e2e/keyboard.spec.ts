import type { Page } from "@playwright/test";

import { csvRows } from "./files.ts";
import { expect, test } from "./journey.ts";
import { password, people } from "./people.ts";

/** Presses Tab until the named control has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, role: Parameters<Page["getByRole"]>[0], name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name, exact: typeof name === "string" }).first();
  await expect(wanted).toBeVisible();
  for (let steps = 0; steps < 60; steps++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${role} ${name} cannot be reached with the Tab key.`);
}

test("the account manager's way needs no mouse", async ({ as }) => {
  const page = await as(null);
  await page.goto("/");
  await tabTo(page, "textbox", /^Email/);
  await page.keyboard.type(people.manager.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");

  await expect(page.getByRole("list", { name: "All reports" })).toBeVisible();
  await page.keyboard.press("/");
  await expect(page.getByRole("combobox", { name: "Find a report" })).toBeFocused();
  await page.keyboard.type("cards");
  await expect(page.getByRole("option").nth(1)).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option").nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Escape");
  await page.keyboard.type("plastic cards");
  await expect(page.getByText("1 report found")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Plastic cards issued", level: 1 })).toBeVisible();

  await tabTo(page, "button", /^Calendar and usual periods/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Last 7 days" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Last 7 days" })).toBeHidden();
  await expect(page.getByRole("button", { name: /^Calendar and usual periods/ })).toBeFocused();
  await tabTo(page, "button", "Run");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: /^Download CSV/ })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Result", level: 2 })).toBeFocused();

  await tabTo(page, "link", /^Download CSV/);
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  const rows = csvRows({ name: download.suggestedFilename(), path: await download.path() });
  expect(rows.length).toBeGreaterThan(1);
  await tabTo(page, "grid", /^Rows of/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  const grid = page.getByRole("grid", { name: /^Rows of/ }).first();
  await expect(grid.getByRole("gridcell", { selected: true })).toHaveCount(1);
  await expect(grid.getByRole("row").nth(2).getByRole("gridcell", { selected: true })).toBeVisible();
});
