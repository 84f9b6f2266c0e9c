import type { Page } from "@playwright/test";
import { expect, test } from "./console-test.ts";

/** What a first visit may load of script before anything is pressed: gzipped, in kB of 1,000 bytes. */
const budgetKb = 250;
/** No page is less than React and Next: below it something was not counted. */
const leastKb = 100;
const quietMs = 1_000;
const loadedMs = 20_000;
/** Pages loaded at a time. */
const lanes = 3;

const pages = [
  "/",
  "/alerts",
  "/queues",
  "/queues/e2e",
  "/jobs",
  "/dead-letter",
  "/failures",
  "/rules",
  "/rules?tab=builtIn",
  "/policies",
  "/policies/default",
  "/priorities",
  "/dependencies",
  "/dependencies/e2e-service",
  "/automation",
  "/definitions",
  "/definitions/e2e-echo",
  "/workers",
  "/bulk",
  "/audit",
  "/settings",
  "/settings/alerts",
  "/settings/webhooks",
  "/settings/people",
  "/settings/redaction",
  "/settings/retention",
  "/settings/storage",
  "/settings/scaling",
  "/settings/tokens",
];

/** Opens a page with nothing cached and adds up the script that arrives until none came for {@link quietMs}; kB. */
async function firstLoadKb(page: Page, path: string): Promise<number> {
  const arrived = new Map<string, number>();
  const sizing: Promise<void>[] = [];
  let lastAtMs = Date.now();
  page.on("requestfinished", (request) => {
    if (request.resourceType() !== "script") return;
    lastAtMs = Date.now();
    sizing.push(
      request.sizes().then(({ responseBodySize }) => {
        arrived.set(request.url(), Math.max(responseBodySize, arrived.get(request.url()) ?? 0));
      }),
    );
  });
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeAttached({ timeout: loadedMs });
  await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0, { timeout: loadedMs });
  await expect.poll(() => Date.now() - lastAtMs, { timeout: loadedMs }).toBeGreaterThan(quietMs);
  await Promise.all(sizing);
  return [...arrived.values()].reduce((sum, bytes) => sum + bytes, 0) / 1_000;
}

test(`no page loads more than ${budgetKb} kB of script on a first visit`, async ({
  browser,
  baseURL,
  resident,
  producer,
}, testInfo) => {
  test.setTimeout(240_000);
  const { cookie } = await resident("admin");
  const { id } = await producer.enqueue("e2e-echo", { text: "weigh" });
  const waiting = [...pages, `/jobs/${id}`, "/sign-in"];
  const weights = new Map<string, number>();
  const lane = async () => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const context = await browser.newContext({ baseURL });
      if (path !== "/sign-in") await context.addCookies([{ ...cookie, url: baseURL ?? "" }]);
      weights.set(path, await firstLoadKb(await context.newPage(), path));
      await context.close();
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const rows = [...weights].sort(([, a], [, b]) => b - a);
  const table = rows.map(([path, kb]) => `${kb.toFixed(1).padStart(6)} kB  ${path}\n`).join("");
  process.stdout.write(table);
  await testInfo.attach("script-budget.txt", { body: table, contentType: "text/plain" });
  expect(rows.filter(([, kb]) => kb < leastKb)).toEqual([]);
  expect(rows.filter(([, kb]) => kb > budgetKb)).toEqual([]);
});
