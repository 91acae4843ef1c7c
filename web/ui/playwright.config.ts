import { existsSync } from "node:fs";

import { defineConfig } from "@playwright/test";

/** Where the journeys leave screenshots, traces of what failed, and the service's log. */
export const output = "../../bin/e2e";

const builds = { none: "/usr/bin/chromium-headless-shell", window: "/usr/bin/chromium" };

/** Debian's Chromium, rather with or without a window. That without is the same engine and takes a third less of the machine. */
export function chromium(rather: keyof typeof builds): string | undefined {
  return process.env.CHROMIUM ?? [builds[rather], ...Object.values(builds)].find((path) => existsSync(path));
}

export default defineConfig({
  testDir: "e2e",
  outputDir: `${output}/failures`,
  globalSetup: "./e2e/start.ts",
  timeout: 120_000,
  expect: { timeout: 20_000 },
  workers: Number(process.env.E2E_WORKERS ?? 2),
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  reporter: [["list"]],
  use: {
    viewport: { width: 1280, height: 900 },
    locale: "en-US",
    timezoneId: "UTC",
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: process.env.E2E_TRACE === "all", sources: false },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: chromium("none"),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
