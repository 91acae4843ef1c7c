import { AxeBuilder } from "@axe-core/playwright";
import { test as base, type BrowserContext, type BrowserContextOptions, expect, type Page } from "@playwright/test";

import type { Persona } from "./people.ts";

export { expect };

type Language = "en" | "ru";

interface OpenOptions extends BrowserContextOptions {
  language?: Language;
  /** A window of the browser that looked before, which has the scripts already: for those who leave nothing behind. */
  again?: boolean;
}

interface Journey {
  url: string;
  /** A window of the person, signed in, in a browser of their own. */
  as: (persona: Persona | null, options?: OpenOptions) => Promise<Page>;
}

const locales: Record<Language, string> = { en: "en-US", ru: "ru-RU" };

/** Sentences on the console that are part of what a journey does on purpose. */
const expected = [/Failed to load resource: the server responded with a status of 4\d\d/, /net::ERR_INTERNET_DISCONNECTED/, /net::ERR_CONNECTION/];

/** Every journey also fails when a page throws, or complains on the console. */
export const test = base.extend<Journey, { browsers: Map<string, BrowserContext> }>({
  browsers: [
    async ({}, use) => {
      const browsers = new Map<string, BrowserContext>();
      await use(browsers);
      for (const context of browsers.values()) await context.close();
    },
    { scope: "worker" },
  ],
  url: async ({}, use) => {
    await use(process.env.E2E_URL!);
  },
  as: async ({ browser, browsers, url }, use) => {
    const complaints: string[] = [];
    const opened: { close: () => Promise<void> }[] = [];
    await use(async (persona, { language = "en", again = false, ...options } = {}) => {
      const key = JSON.stringify([persona, language, options]);
      const context =
        (again ? browsers.get(key) : undefined) ??
        (await browser.newContext({
          baseURL: url,
          locale: locales[language],
          timezoneId: "UTC",
          reducedMotion: "reduce", // nothing to wait for
          viewport: { width: 1280, height: 900 },
          storageState: persona === null ? undefined : `${process.env.E2E_DATA}/browser/${persona}.json`,
          ...options,
        }));
      if (again) browsers.set(key, context);
      const page = await context.newPage();
      opened.push(again ? page : context);
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error" && !expected.some((known) => known.test(message.text()))) complaints.push(message.text());
      });
      return page;
    });
    for (const one of opened) await one.close();
    expect(complaints).toEqual([]);
  },
});

export const phone: OpenOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Nothing that axe calls serious or critical is on the page. */
export async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode() // else every look opens a window to put the answers of frames together
    .options({ resultTypes: ["violations"] })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join("\n")}`)).toEqual([]);
}

/** The page does not scroll sideways. */
export async function fits(page: Page): Promise<void> {
  const { wide, window } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, window: document.documentElement.clientWidth }));
  expect(wide).toBeLessThanOrEqual(window);
}

/** A picture of the page for whoever changes it, in bin/e2e/pages. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `../../bin/e2e/pages/${name}.png`, animations: "disabled" });
}
