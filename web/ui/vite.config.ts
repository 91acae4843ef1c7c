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
    restoreMocks: true,
    maxWorkers: "100%",
    testTimeout: 60_000, // the machine may be busy with other tests
    // A test that needs a window is a .tsx.
    projects: [
      { extends: true, test: { name: "logic", environment: "node", include: ["src/**/*.test.ts"] } },
      { extends: true, test: { name: "components", environment: "jsdom", include: ["src/**/*.test.tsx"], setupFiles: ["src/test/setup.ts"] } },
    ],
  },
});
