import { defineConfig } from "vitest/config";

/** Where time and processes are real; `npm test` names what passes only at the second try. */
const retry = process.env.CI ? 1 : 0;
const exclude = ["**/node_modules/**", "**/.next/**", "**/.data/**"];

/** Projects: `core` is pure and takes a second or two (the built-in rules are held against RE2 apart), `unit` the rest that needs no database; `database` runs on clones of a template database; `process` starts and kills real processes. Files share the modules of their worker (`isolate: false`): each opens its own engine and closes it. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "core",
          include: ["core/**/*.test.ts"],
          exclude: [...exclude, "core/failure/rules/**"],
          pool: "threads",
          isolate: false,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: "unit",
          include: [
            "core/failure/rules/**/*.test.ts",
            "{app,bench,cli,components,db,demo,e2e,scripts,sdk,server}/**/*.test.ts",
          ],
          exclude: [...exclude, "**/*.db.test.ts", "**/*.process.test.ts"],
          pool: "threads",
          isolate: false,
        },
      },
      {
        test: {
          name: "database",
          include: ["**/*.db.test.ts"],
          exclude,
          globalSetup: ["db/testing/global-setup.ts"],
          retry,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          isolate: false,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: "process",
          include: ["**/*.process.test.ts"],
          exclude,
          globalSetup: ["db/testing/global-setup.ts"],
          retry,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          isolate: false,
          maxWorkers: 1,
          fileParallelism: false,
        },
      },
    ],
  },
});
