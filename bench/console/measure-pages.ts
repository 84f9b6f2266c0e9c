import type { Browser, BrowserContext } from "@playwright/test";

export interface PageLoad {
  path: string;
  /** Script that came over the wire until the page had been quiet for a second, kB as transferred (compressed). */
  scriptKb: number;
  /** Largest contentful paint, ms since navigation; the median of the loads. */
  lcpMs: number;
}

const loads = 3;
const quietMs = 1_000;

/** Open each page with an empty cache, a few times, and tell what a first visit costs. */
export async function measurePages(
  browser: Browser,
  openContext: (browser: Browser) => Promise<BrowserContext>,
  baseUrl: string,
  paths: readonly string[],
): Promise<PageLoad[]> {
  const measured: PageLoad[] = [];
  for (const path of paths) {
    const lcps: number[] = [];
    let scriptKb = 0;
    for (let turn = 0; turn < loads; turn++) {
      const context = await openContext(browser);
      const page = await context.newPage();
      const sizes: Promise<number>[] = [];
      page.on("requestfinished", (request) => {
        if (request.resourceType() === "script")
          sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
      });
      await page.addInitScript(() => {
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            document.documentElement.dataset.lcp = String(entry.startTime);
        }).observe({ type: "largest-contentful-paint", buffered: true });
      });
      await page.goto(`${baseUrl}${path}`, { waitUntil: "load" });
      await page.waitForTimeout(quietMs);
      lcps.push(Number(await page.evaluate(() => document.documentElement.dataset.lcp)));
      const script = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1_000;
      scriptKb = Math.max(scriptKb, script);
      await context.close();
    }
    lcps.sort((a, b) => a - b);
    measured.push({ path, scriptKb, lcpMs: lcps[Math.floor(lcps.length / 2)] ?? Number.NaN });
  }
  return measured;
}
