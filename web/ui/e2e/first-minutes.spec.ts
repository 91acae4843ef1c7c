import { statSync } from "node:fs";

import { sheetRows, take } from "./files.ts";
import { accessible, expect, picture, test } from "./journey.ts";
import { startService } from "./service.ts";

/** Seconds that a newcomer has from the printed password to the first file. */
const allowed = 120;

test("from the printed password of a new service to the first file in under two minutes", async ({ browser }) => {
  test.setTimeout(180_000);
  const service = await startService({ demo: true, log: "first-minutes" });
  try {
    const begun = Date.now();
    const context = await browser.newContext({ baseURL: service.url, locale: "en-US", viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.goto("/");
    await page.getByLabel("Email").fill("admin@localhost");
    await page.getByLabel(/^Password/).fill(service.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText("Three steps to your first file.")).toBeVisible();
    await accessible(page);
    await picture(page, "welcome");
    await page.getByRole("link", { name: /^Begin with/ }).click();
    await page.getByRole("button", { name: "Run", exact: true }).click();
    const file = await take(page, page.getByRole("link", { name: /^Download Excel/ }));
    const seconds = (Date.now() - begun) / 1000;
    expect(statSync(file.path).size).toBeGreaterThan(1000);
    expect((await sheetRows(file, "buyers")).length).toBeGreaterThan(50);
    await picture(page, "first-file");
    test.info().annotations.push({ type: "seconds", description: seconds.toFixed(1) });
    console.log(`From the printed password to the first file: ${seconds.toFixed(1)} s`);
    expect(seconds).toBeLessThan(allowed);
    await page.getByRole("link", { name: "Reports", exact: true }).click();
    await expect(page.getByText("Three steps to your first file.")).toBeHidden();
    await expect(page.getByRole("region", { name: "Recently run by you" })).toBeVisible();
    await context.close();
  } finally {
    await service.end();
  }
});
