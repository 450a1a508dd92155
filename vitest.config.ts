import { defineConfig } from "vitest/config";

const timeouts = { testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    reporters: ["default", "./scripts/tally.js"],
    maxWorkers: "100%",
    projects: [
      { test: { name: "library", include: ["test/**/*.test.ts"], exclude: ["test/cli/**"], ...timeouts } },
      // These run the built command line as a process, so it is built first, if anything changed.
      { test: { name: "cli", include: ["test/cli/**/*.test.ts"], globalSetup: "test/cli/built.ts", ...timeouts } },
    ],
  },
});
