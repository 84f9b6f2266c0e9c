import { beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { findRecoveries } from "./find-recoveries.ts";
import { sumOutcomes } from "./sum-outcomes.ts";

const { pool } = await testDatabase();
const minuteMs = 60_000;
const at = (minute: number) => (28_000_000 + minute) * minuteMs;
const count = (table: string, atMs: number, completed: number, failed: number, lane = 1) =>
  pool.query(
    `insert into signalbox.${table} (at_ms, lane, class, submitted, started, completed, retried, died, cancelled)
     values ($1, $2, 2, 0, 0, $3, $4, 0, 0)`,
    [atMs, lane, completed, failed],
  );
const rolledUntil = (name: string, atMs: number) =>
  pool.query(
    "insert into signalbox.rollups values ($1, $2) on conflict (name) do update set done_until_ms = excluded.done_until_ms",
    [name, atMs],
  );
const failedIn = (minute: number, lane = 1) => ({ lane, startedAtMs: at(minute) + 30_000 });

beforeEach(async () => {
  await pool.query("truncate signalbox.metrics_10m, signalbox.metrics_1m, signalbox.metrics_10s");
  await rolledUntil("metrics_1m", at(100));
});

describe("a definition worked again", () => {
  it("in the first minute after the failure in which most attempts succeeded, of its own lane", async () => {
    await count("metrics_1m", at(1), 0, 9);
    await count("metrics_1m", at(2), 2, 7);
    await count("metrics_1m", at(2), 9, 0, 2);
    await count("metrics_1m", at(4), 8, 1);
    await count("metrics_1m", at(5), 9, 0);
    expect(await findRecoveries(pool, [failedIn(1), failedIn(2), failedIn(1)])).toEqual([
      at(4),
      at(4),
      at(4),
    ]);
  });

  it("at no known time while most still fail, nor later than a day", async () => {
    await count("metrics_1m", at(1), 0, 9);
    await count("metrics_1m", at(2), 1, 8);
    await count("metrics_1m", at(1_600), 9, 0);
    await rolledUntil("metrics_1m", at(1_700));
    expect(await findRecoveries(pool, [failedIn(1)])).toEqual([null]);
    expect(await findRecoveries(pool, [])).toEqual([]);
  });

  it("not at all for a job that failed while the others of its kind went through", async () => {
    await count("metrics_1m", at(1), 9, 1);
    await count("metrics_1m", at(2), 9, 0);
    expect(await findRecoveries(pool, [failedIn(1)])).toEqual([null]);
  });

  it("in a minute that is not rolled up yet", async () => {
    await rolledUntil("metrics_1m", at(2));
    await count("metrics_1m", at(1), 0, 9);
    await count("metrics_10s", at(3) + 10_000, 5, 0);
    await count("metrics_10s", at(3) + 20_000, 0, 1);
    expect(await findRecoveries(pool, [failedIn(1), failedIn(3)])).toEqual([at(3), null]);
  });
});

describe("outcomes of a time", () => {
  it("are counted once each, whatever is rolled up", async () => {
    // Ten minutes until 20, minutes until 25, tens of seconds beyond; each row counts 1.
    await rolledUntil("metrics_10m", at(20));
    await rolledUntil("metrics_1m", at(25));
    for (const ten of [0, 10]) await count("metrics_10m", at(ten), 10, 0);
    for (let minute = 0; minute < 25; minute++) await count("metrics_1m", at(minute), 1, 0);
    for (let minute = 20; minute < 30; minute++) await count("metrics_10s", at(minute), 1, 0);
    const sum = (from: number, to: number, lanes = [1]) =>
      sumOutcomes(pool, { lanes, fromMs: at(from), toMs: at(to) });
    expect(await sum(0, 30)).toEqual({ completed: 30, failed: 0 });
    expect(await sum(3, 27)).toEqual({ completed: 24, failed: 0 });
    expect(await sum(3, 17)).toEqual({ completed: 14, failed: 0 });
    expect(await sum(12, 18)).toEqual({ completed: 6, failed: 0 });
    expect(await sum(0, 30, [2])).toEqual({ completed: 0, failed: 0 });
  });
});
