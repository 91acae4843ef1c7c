import { defineConfig } from "@playwright/test";

import journeys, { chromium } from "../playwright.config.ts";

const { launchOptions } = journeys.use!;

/**
 * Playwright runs the measurements too: it brings the browser and reads TypeScript. Nothing is traced or pictured meanwhile, and the
 * browser is the one that people have, where it is there.
 */
export default defineConfig({
  testDir: ".",
  testMatch: "pages.ts",
  outputDir: "../../../bin/e2e/bench",
  timeout: 15 * 60_000,
  workers: 1,
  reporter: [["dot"]],
  use: { ...journeys.use, trace: "off", screenshot: "off", launchOptions: { ...launchOptions, executablePath: chromium("window") } },
});
