import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";
import { shrinkPng } from "../e2e/screens/shrink-png.ts";
import { findBrowser } from "../e2e/testing/find-browser.ts";
import { type PanelChart, renderPanelChart } from "./plots/panel-chart.ts";
import { readTraces } from "./plots/read-traces.ts";
import { type MixTrace, starvationChart } from "./plots/starvation-chart.ts";
import { stormChart } from "./plots/storm-chart.ts";
import type { StormRun } from "./storm/run-storm.ts";
import { stormCaseNames } from "./storm/storm-case.ts";

/**
 * `node bench/plot.ts [directory]`: draws what the last runs of `storm` and `starvation` kept in bench/results as PNGs,
 * into docs/benchmarks unless told otherwise. Benches that have not run are left out.
 */
const directory = process.argv[2] ?? path.join(import.meta.dirname, "..", "docs", "benchmarks");

const charts = new Map<string, PanelChart>();
for (const name of stormCaseNames) {
  const runs = readTraces<StormRun>(`storm-${name}`);
  if (runs.size > 0) charts.set(`storm-${name.toLowerCase()}`, stormChart(name, runs));
}
const mixes = readTraces<MixTrace>("starvation-flood");
if (mixes.size > 0) charts.set("starvation", starvationChart(mixes));

mkdirSync(directory, { recursive: true });
const { executablePath, environment } = await findBrowser();
const browser = await chromium.launch({
  executablePath,
  env: { ...(process.env as Record<string, string>), ...environment },
});
try {
  const page = await browser.newPage({ deviceScaleFactor: 1.5 });
  for (const [name, chart] of charts) {
    await page.setContent(`<style>body{margin:0}</style>${renderPanelChart(chart)}`);
    const file = path.join(directory, `${name}.png`);
    writeFileSync(file, shrinkPng(await page.locator("svg").screenshot()));
    process.stdout.write(`${file}\n`);
  }
} finally {
  await browser.close();
}
