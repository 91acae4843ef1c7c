import { defineConfig } from "@playwright/test";

import journeys from "../playwright.config.ts";

/** Playwright runs the measurements too: it brings the browser and reads TypeScript. Nothing is traced or pictured meanwhile. */
export default defineConfig({
  testDir: ".",
  testMatch: "pages.ts",
  outputDir: "../../../bin/e2e/bench",
  timeout: 15 * 60_000,
  workers: 1,
  reporter: [["dot"]],
  use: { ...journeys.use, trace: "off", screenshot: "off" },
});
