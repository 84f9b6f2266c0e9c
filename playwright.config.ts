import { defineConfig } from "@playwright/test";
import { chooseProduct } from "./e2e/testing/choose-product.ts";
import { findBrowser } from "./e2e/testing/find-browser.ts";

chooseProduct(process.env);

const browser = await findBrowser("package");
const environment = Object.fromEntries(
  Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
);

/**
 * The product in a real browser: a Signalbox for each worker, whose specs share it one after the other. Three workers on
 * two cores, since most of what a spec does is waiting for the product.
 */
export default defineConfig({
  testDir: "e2e",
  // The longest first: an incident takes a product of its own and most of a minute before its first test.
  projects: [
    { name: "incident", testMatch: "**/incident/**/*.spec.ts" },
    { name: "console", testMatch: "**/console/**/*.spec.ts" },
  ],
  globalSetup: "./e2e/testing/global-setup.ts",
  globalTimeout: 30 * 60_000,
  // Generous, since only what fails waits for them: a machine under load takes three times as long.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: process.env.E2E_PRODUCTS === undefined && process.env.E2E_BASE_URL ? 1 : 3,
  // `npm test` names what passes only at the second try.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  outputDir: "test-results/e2e",
  use: {
    baseURL: process.env.E2E_BASE_URL,
    locale: "en-GB",
    timezoneId: "UTC",
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    trace: "off",
    launchOptions: {
      executablePath: browser.executablePath,
      env: { ...environment, ...browser.environment },
      args: [
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
