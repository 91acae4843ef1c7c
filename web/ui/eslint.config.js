import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

import { layers } from "./scripts/layers.js";

export default tseslint.config(
  { ignores: ["dist", "node_modules", "src/api/schema.d.ts", "test-results", "public"] },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    ignores: ["**/*.d.ts"],
    plugins: { "react-hooks": reactHooks, vitrina: { rules: { layers } } },
    rules: {
      ...reactHooks.configs.recommended.rules,
      "vitrina/layers": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "no-console": "error",
    },
  },
  {
    // Playwright hands fixtures over with a function that it calls use; figures are told on the console.
    files: ["e2e/**", "bench/**"],
    rules: { "react-hooks/rules-of-hooks": "off", "no-console": "off" },
  },
);
