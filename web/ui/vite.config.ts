import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

import { compressed } from "./scripts/compressed.ts";

/** `npm run dev` shows the pages as they are written; what they ask for goes to a service that runs here. */
const service = process.env.VITRINA_URL ?? "http://localhost:8080";
const proxied = { target: service, changeOrigin: true };

/** The name of a file without the list of those who share it, and without its kind. */
const alone = (name: string) => name.replace(/[~.].*/, "");

export default defineConfig({
  plugins: [react(), compressed()],
  server: { proxy: { "/api": proxied, "/d/": proxied, "/help": proxied } },
  build: {
    target: "es2022",
    sourcemap: false,
    chunkSizeWarningLimit: 750,
    emptyOutDir: false,
    rolldownOptions: {
      output: {
        chunkFileNames: ({ name }) => `assets/${alone(name)}-[hash].js`,
        assetFileNames: ({ names }) => `assets/${alone(names[0] ?? "")}-[hash][extname]`,
        // Few files instead of a hundred small ones: what every page needs, the icons, and what several pages share, by which of them.
        codeSplitting: {
          groups: [
            { name: "start", tags: ["$initial"] },
            { name: "icons", minShareCount: 2, test: /@tabler/ },
            { name: "shared", minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 2000 },
          ],
        },
      },
    },
  },
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
