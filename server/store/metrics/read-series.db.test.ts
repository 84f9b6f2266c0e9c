import { describe, expect, it } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { readCounterSeries } from "./read-counter-series.ts";
import { readDepthSeries } from "./read-depth-series.ts";
import { readLatencyCounts } from "./read-latency-counts.ts";
import { readSecondCounters } from "./read-second-counters.ts";

const { pool } = await testDatabase();
const startMs = 1_700_000_040_000;

async function count(table: "metrics_1s" | "metrics_10s" | "metrics_1m", atMs: number, more: object = {}) {
  const row = {
    at_ms: atMs,
    source: 1,
    lane: 1,
    class: 2,
    submitted: 1,
    started: 1,
    completed: 1,
    retried: 0,
    died: 0,
    cancelled: 0,
    ...more,
  };
  const entries = Object.entries(row).filter(([name]) => table === "metrics_1s" || name !== "source");
  await pool.query(
    `insert into signalbox.${table} (${entries.map(([name]) => name).join()}) values (${entries.map((_, index) => `$${index + 1}`).join()})`,
    entries.map(([, value]) => value),
  );
}

describe("counters", () => {
  it("are read from the coarsest table that is rolled up, each stretch of time once", async () => {
    const minuteMs = startMs;
    await count("metrics_1m", minuteMs, { completed: 60 });
    for (const table of ["metrics_10s", "metrics_1s"] as const)
      await count(table, minuteMs, { completed: 999 });
    await count("metrics_10s", minuteMs + 60_000, { completed: 10 });
    await count("metrics_1s", minuteMs + 60_000, { completed: 999 });
    await count("metrics_1s", minuteMs + 70_000, { completed: 1, source: 1, failures: { timeout: 2 } });
    await count("metrics_1s", minuteMs + 70_000, {
      completed: 2,
      source: 2,
      class: 0,
      failures: { timeout: 1, bug: 1 },
    });
    await pool.query("insert into signalbox.rollups values ('metrics_1m', $1), ('metrics_10s', $2)", [
      minuteMs + 60_000,
      minuteMs + 70_000,
    ]);
    const series = await readCounterSeries(pool, {
      fromMs: minuteMs,
      toMs: minuteMs + 120_000,
      bucketMs: 60_000,
      lanes: null,
    });
    expect(series.map(({ atMs, completed }) => [atMs - minuteMs, completed])).toEqual([
      [0, 60],
      [60_000, 13],
    ]);
    expect(series[1]?.failures).toEqual({ timeout: 3, bug: 1 });
  });

  it("of other lanes are left out", async () => {
    const range = { fromMs: startMs, toMs: startMs + 120_000, bucketMs: 60_000 };
    expect(await readCounterSeries(pool, { ...range, lanes: [77] })).toEqual([]);
  });

  it("of seconds are summed over processes and classes", async () => {
    const seconds = await readSecondCounters(pool, startMs + 70_000);
    expect(seconds).toEqual([
      expect.objectContaining({
        atMs: startMs + 70_000,
        lane: 1,
        completed: 3,
        failures: { timeout: 3, bug: 1 },
      }),
    ]);
  });
});

describe("depths", () => {
  const sample = (atMs: number, lane: number, rank: number, available: number) =>
    pool.query("insert into signalbox.depth_samples values ($1, $2, $3, $4, 1, 0, 2, 3, null)", [
      atMs,
      lane,
      rank,
      available,
    ]);

  it("of a bucket are those of its newest sample, waiting by class", async () => {
    await sample(startMs + 1_000, 1, 0, 50);
    await sample(startMs + 9_000, 1, 0, 5);
    await sample(startMs + 9_000, 1, 4, 7);
    await sample(startMs + 9_000, 2, 4, 100);
    const range = { fromMs: startMs, toMs: startMs + 20_000, bucketMs: 10_000 };
    expect(await readDepthSeries(pool, { ...range, lanes: [1] })).toEqual([
      { atMs: startMs, byRank: [7, 0, 0, 0, 9], scheduled: 2, retryable: 0, held: 4, running: 6 },
    ]);
    expect((await readDepthSeries(pool, { ...range, lanes: null }))[0]?.byRank).toEqual([7, 0, 0, 0, 111]);
  });

  it("find the newest sample of a bucket by the index, whatever lies between", async () => {
    await pool.query(`insert into signalbox.depth_samples
      select ${startMs} + 100000 + i * 1000, l, 0, 1, 0, 0, 0, 0, null from generate_series(0, 2999) i, generate_series(1, 10) l`);
    await pool.query("analyze signalbox.depth_samples");
    const { rows } =
      await pool.query(`explain (analyze, format json) select max(at_ms) from signalbox.depth_samples
      where at_ms >= ${startMs + 500_000} and at_ms < ${startMs + 1_500_000}`);
    const plan = JSON.stringify(rows[0]);
    expect(plan).toMatch(/Index Only Scan/);
    expect(plan).not.toMatch(/Sort|Seq Scan/);
  });
});

describe("latencies", () => {
  it("are histograms summed bucket by bucket", async () => {
    const atMs = startMs + 900_000;
    await count("metrics_1s", atMs, { lane: 9, wait_ms: [1, 2, 3], run_ms: [0, 5, 0] });
    await count("metrics_1s", atMs, { lane: 9, class: 1, wait_ms: [1, 0, 1], run_ms: null });
    expect(await readLatencyCounts(pool, [9], atMs)).toEqual({ wait: [2, 2, 4], run: [0, 5, 0] });
  });
});
