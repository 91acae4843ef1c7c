import { type Browser, type BrowserContext, type Page, test } from "@playwright/test";

import { people, settle, signedIn } from "../e2e/people.ts";
import { makeReport, oneCell } from "../e2e/reports.ts";
import { startService } from "../e2e/service.ts";

/**
 * Measures the pages in Chromium against the real binary on this machine, nothing slowed down or held back, and prints the median and
 * the 95th percentile of so many tries. All times are of the browser's own clock.
 *
 * Interactive is when a person can work, not when something is painted: on the home page the search field takes letters and holds
 * them, on a report's page the button Run is enabled. Both are counted from the start of the navigation. Cold is a new browser profile
 * without anything cached; warm is the next visit with the same one. The click is counted from pressing Run until a row of the result
 * has been drawn.
 */
const tries = Number(process.env.TRIES ?? 11);

interface Measured {
  name: string;
  unit: string;
  values: number[];
}

function line({ name, unit, values }: Measured): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!.toFixed(0);
  return `  ${name.padEnd(44)} ${at(0.5).padStart(7)} ${at(0.95).padStart(7)} ${unit}`;
}

async function searches(page: Page): Promise<void> {
  const field = page.getByRole("combobox", { name: "Find a report" });
  await field.fill("c");
  if ((await field.inputValue()) !== "c") throw new Error("The search field did not hold what was typed.");
}

async function runs(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Run", exact: true }).click({ trial: true });
}

async function interactive(page: Page, path: string, ready: (page: Page) => Promise<void>): Promise<number> {
  await page.goto(path, { waitUntil: "commit" });
  await ready(page);
  return page.evaluate(() => performance.now()); // since the navigation began
}

async function profile(browser: Browser, baseURL: string, storageState: Awaited<ReturnType<BrowserContext["storageState"]>>): Promise<BrowserContext> {
  return browser.newContext({ baseURL, storageState, locale: "en-US", viewport: { width: 1280, height: 900 } });
}

/** From the page's getting the click to the frame after the one that has the row. */
async function clicks(page: Page): Promise<number> {
  await runs(page);
  const before = page.url();
  const row = page.evaluate(
    () =>
      new Promise<number>((seen) => {
        let begun = 0;
        const look = new MutationObserver(() => {
          const there = [...document.querySelectorAll('[role="grid"] [role="gridcell"]')].some(({ textContent }) => textContent === "1");
          if (begun === 0 || !there) return;
          look.disconnect();
          requestAnimationFrame(() => requestAnimationFrame(() => seen(performance.now() - begun)));
        });
        addEventListener("click", ({ timeStamp }) => (begun = timeStamp), { capture: true, once: true });
        look.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
  );
  await page.getByRole("button", { name: "Run", exact: true }).click();
  const taken = await row;
  if (page.url() === before) throw new Error("There is a row, but no run in the address.");
  return taken;
}

/** Compressed bytes of the scripts that a visit asks for. */
async function scripts(context: BrowserContext, path: string, ready: (page: Page) => Promise<void>): Promise<number> {
  const page = await context.newPage();
  await page.goto(path);
  await ready(page);
  const sizes = await page.evaluate(() =>
    performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".js")).map((entry) => (entry as PerformanceResourceTiming).encodedBodySize),
  );
  await page.close();
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
}

async function measure(browser: Browser): Promise<Measured[]> {
  const service = await startService({ log: "bench" });
  try {
    await settle(service.url, service.password);
    const { slug } = await makeReport(service.url, oneCell("One", "SELECT 1 AS one"));
    const client = await signedIn(service.url, people.manager.email);
    const state = await client.storageState();
    await client.dispose();
    const pages = [
      { name: "home", path: "/", ready: searches },
      { name: "report", path: "/r/top-buyers", ready: runs },
    ];
    const measured: Measured[] = [];
    for (const { name, path, ready } of pages) {
      const [cold, warm]: [number[], number[]] = [[], []];
      for (let n = 0; n < tries; n++) {
        const context = await profile(browser, service.url, state);
        cold.push(await interactive(await context.newPage(), path, ready));
        warm.push(await interactive(await context.newPage(), path, ready));
        await context.close();
      }
      measured.push({ name: `${name}: interactive, cold`, unit: "ms", values: cold }, { name: `${name}: interactive, warm`, unit: "ms", values: warm });
    }
    const context = await profile(browser, service.url, state);
    const page = await context.newPage();
    await page.goto(`/r/${slug}`);
    await clicks(page); // the table's script is loaded with the first result
    const clicked: number[] = [];
    for (let n = 0; n < tries; n++) {
      await page.goto(`/r/${slug}`);
      clicked.push(await clicks(page));
    }
    await context.close();
    measured.push({ name: "click on Run to the row of SELECT 1", unit: "ms", values: clicked });
    for (const { name, path, ready } of pages) {
      const fresh = await profile(browser, service.url, state);
      measured.push({ name: `${name}: script, compressed`, unit: "kB", values: [await scripts(fresh, path, ready)] });
      await fresh.close();
    }
    return measured;
  } finally {
    await service.end();
  }
}

test("pages", async ({ browser }) => {
  const measured = await measure(browser);
  console.log([`Pages in Chromium, ${tries} tries`.padEnd(47) + "median     95%", ...measured.map(line)].join("\n"));
});
