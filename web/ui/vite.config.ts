import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

import { compressed } from "./scripts/compressed.ts";

/** `npm run dev` shows the pages as they are written; what they ask for goes to a service that runs here. */
const service = process.env.VITRINA_URL ?? "http://localhost:8080";
const proxied = { target: service, changeOrigin: true };

export default defineConfig({
  plugins: [react(), compressed()],
  server: { proxy: { "/api": proxied, "/d/": proxied, "/help": proxied } },
  build: { target: "es2022", sourcemap: false, chunkSizeWarningLimit: 700, emptyOutDir: false },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test/setup.ts"],
    restoreMocks: true,
    maxWorkers: "100%",
    testTimeout: 60_000, // the machine may be busy with other tests
  },
});
