import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { type Browser, chromium, type Page } from "@playwright/test";
import { openPool, type Pool } from "#db/client.ts";
import { signInVisitor } from "../console/sign-in-visitor.ts";
import { findBrowser } from "../testing/find-browser.ts";
import { listScreens, type Screen } from "./screen-list.ts";
import { shrinkPng } from "./shrink-png.ts";
import { startDemo } from "./start-demo.ts";

/**
 * `npm run screens`: pictures of every page, dark and light, wide and narrow, into e2e/screens/, and those that the guide
 * shows into docs/guide/. It starts a demo of its own and lets it run for some minutes first; with `E2E_BASE_URL` it takes
 * what runs there, and `DATABASE_URL` must be its database. It adds one admin there, to sign in. With `--guide` it takes
 * those of the guide only, with names (`npm run screens -- board alert`) those alone.
 */
const here = import.meta.dirname;
const guide = path.resolve(here, "../../docs/guide");
const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 360, height: 780 } } as const;
const themes = ["dark", "light"] as const;
const guideOnly = process.argv.includes("--guide");
const named = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const loadedMs = 30_000;
/** The bar at the top with some air below it, px. */
const barPx = 64;
/** What is drawn at last: the live figures. */
const settledMs = 1_500;

const product =
  process.env.E2E_BASE_URL && process.env.DATABASE_URL
    ? {
        baseUrl: process.env.E2E_BASE_URL,
        databaseUrl: process.env.DATABASE_URL,
        stop: async () => undefined,
      }
    : await startDemo();
const { executablePath, environment } = await findBrowser();
const browser = await chromium.launch({
  executablePath,
  env: { ...(process.env as Record<string, string>), ...environment },
});
const database = openPool({
  connectionString: product.databaseUrl,
  max: 1,
  applicationName: "signalbox screens",
});
try {
  await takeAll(browser, database);
} finally {
  await database.end();
  await browser.close();
  await product.stop();
}

async function takeAll(on: Browser, pool: Pool): Promise<void> {
  const screens = (await listScreens(pool)).filter(
    ({ name, guide: shown }) =>
      (shown !== undefined || !guideOnly) && (named.length === 0 || named.includes(name)),
  );
  const { cookie } = await signInVisitor(product, "admin");
  for (const theme of themes)
    for (const [size, viewport] of Object.entries(sizes)) {
      if (guideOnly && (theme !== "dark" || size !== "wide")) continue;
      const look = { colorScheme: theme, viewport, locale: "en-GB", timezoneId: "UTC" };
      const inside = await on.newContext(look);
      await inside.addCookies([{ ...cookie, url: product.baseUrl }]);
      const outside = await on.newContext(look);
      const folder = path.join(here, `${theme}-${size}`);
      mkdirSync(folder, { recursive: true });
      for (const screen of screens) {
        const picture = await take(screen, screen.outside ? outside : inside);
        writeFileSync(path.join(folder, `${screen.name}.png`), picture);
        if (screen.guide && theme === "dark" && size === "wide")
          writeFileSync(path.join(guide, `${screen.guide}.png`), picture);
      }
      await inside.close();
      await outside.close();
      process.stdout.write(`${theme}, ${size}: ${screens.length} pictures\n`);
    }
}

/** Scrolls until a heading stands below the bar at the top. */
async function begin(page: Page, title: string): Promise<void> {
  const heading = page.getByRole("heading", { name: title, exact: true });
  await heading.evaluate((element, belowPx) => {
    window.scrollTo(0, element.getBoundingClientRect().top + window.scrollY - belowPx);
  }, barPx);
  await page.waitForTimeout(settledMs);
}

async function take(screen: Screen, context: Awaited<ReturnType<Browser["newContext"]>>): Promise<Buffer> {
  const page = await context.newPage();
  try {
    await page.goto(`${product.baseUrl}${screen.path}`);
    await page.locator("h1").first().waitFor({ state: "attached", timeout: loadedMs });
    const loading = page.getByRole("status", { name: "Loading" });
    for (const each of await loading.all()) await each.waitFor({ state: "detached", timeout: loadedMs });
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    // The mark of a development server is no part of the page.
    await page.evaluate(() => document.querySelector("nextjs-portal")?.remove());
    await page.waitForTimeout(settledMs);
    if (screen.from !== undefined) await begin(page, screen.from);
    return shrinkPng(await page.screenshot());
  } finally {
    await page.close();
  }
}
