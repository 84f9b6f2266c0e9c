import { beforeEach, describe, expect, it } from "vitest";
import { emptyCounts } from "#core/metric/histogram.ts";
import { pruneOutcomes } from "#server/store/dependencies/roll-up-outcomes.ts";
import { takeDuty } from "#server/store/duties/take-duty.ts";
import { testEngine } from "../testing/test-engine.ts";
import { rollUpDependencies } from "./roll-up-dependencies.ts";

const test = await testEngine();
const { pool } = test.engine;
await test.define("work", { dependencies: ["mail-api", "bank-api"] });
const [mail, bank] = ["mail-api", "bank-api"].map(
  (name) => test.engine.catalog.current.dependencies.get(name)?.id ?? 0,
) as [number, number];
const duty = {
  name: "dependency-minutes",
  owner: "1",
  epoch: (await takeDuty(pool, "dependency-minutes", "1", 60_000)) as string,
};
const rollUp = () => rollUpDependencies(test.engine, duty);
const nowMs = async () => Number(await test.value("select signalbox.now_ms()"));
const report = (atMs: number, dependencyId: number, more: { failed?: number; durations?: number[] } = {}) =>
  pool.query({
    text: `insert into signalbox.dependency_outcomes (at_ms, source, dependency_id, succeeded, failed, refused, slow, overdue,
      first_starts, retry_starts, duration_ms_sum, in_flight, durations) values ($1, 1, $2, 1, $3, 2, 3, 0, 4, 5, 6, 7, $4)`,
    values: [Math.floor(atMs), dependencyId, more.failed ?? 0, more.durations ?? null],
  });
const minutes = async () => {
  const { rows } =
    await pool.query(`select dependency_id as id, at_ms::float8 as at, succeeded::int, failed::int, refused::int,
    slow::int, first_starts::int, retry_starts::int, durations from signalbox.dependency_minutes order by 1, 2`);
  return rows;
};

beforeEach(async () => {
  await pool.query("truncate signalbox.dependency_outcomes, signalbox.dependency_minutes");
  await pool.query("delete from signalbox.rollups where name = 'dependency_minutes'");
});

describe("summing what dependencies answered into minutes", () => {
  it("counts each report once, whatever ticks are repeated, and adds what comes later to its minute", async () => {
    const minute = Math.floor((await nowMs()) / 60_000) * 60_000 - 120_000;
    const counts = emptyCounts().map((_, bucket) => bucket);
    await report(minute, mail, { failed: 2, durations: counts });
    await report(minute + 30_000, mail, { failed: 3 });
    await report(minute + 30_000, bank);
    await report(minute + 60_000, mail, { durations: counts });
    expect(await rollUp()).toBe("done");
    const first = await minutes();
    expect(first).toMatchObject([
      { id: bank, at: minute, succeeded: 1, durations: null },
      {
        id: mail,
        at: minute,
        succeeded: 2,
        failed: 5,
        refused: 4,
        slow: 6,
        first_starts: 8,
        retry_starts: 10,
        durations: counts,
      },
      { id: mail, at: minute + 60_000, succeeded: 1, durations: counts },
    ]);
    await rollUp();
    expect(await minutes()).toEqual(first);
  });

  it("puts a minute together from the parts in which it came", async () => {
    const now = await nowMs();
    const minute = Math.floor((now - 6_000) / 60_000) * 60_000;
    const counts = emptyCounts().map(() => 1);
    await report(minute, mail, { durations: counts });
    await rollUp();
    // Back in time, as if the first part had been summed ten seconds earlier.
    await pool.query("update signalbox.rollups set done_until_ms = $1 where name = 'dependency_minutes'", [
      minute + 1,
    ]);
    await report(minute + 1, mail, { durations: counts });
    await rollUp();
    expect(await minutes()).toMatchObject([{ succeeded: 2, durations: counts.map(() => 2) }]);
  });

  it("leaves alone what may still come, and reports of a dependency that is gone", async () => {
    const now = await nowMs();
    await report(now, mail);
    await report(now - 60_000, 999_999);
    await rollUp();
    expect(await minutes()).toEqual([]);
  });

  it("deletes reports older than ten minutes once they are summed, and minutes older than thirty days, some at a time", async () => {
    const now = await nowMs();
    for (let n = 1; n <= 5; n++) await report(now - 700_000 - n, mail);
    await report(now - 300_000, mail);
    expect(await pruneOutcomes(pool, 3)).toBe(0);
    await pool.query("insert into signalbox.rollups values ('dependency_minutes', $1)", [now]);
    expect(await pruneOutcomes(pool, 3)).toBe(3);
    await pool.query({
      text: `insert into signalbox.dependency_minutes select $1, $2 - 31 * 86400000::bigint - g, 1, 1, 1, 1, 1, 1, null
        from generate_series(1, 4) g`,
      values: [mail, Math.floor(now)],
    });
    await rollUp();
    expect(await test.value("select count(*)::int from signalbox.dependency_outcomes")).toBe(1);
    expect(await minutes()).toEqual([]);
  });

  it("writes nothing once another dispatcher has the duty", async () => {
    await report((await nowMs()) - 60_000, mail);
    expect(await rollUpDependencies(test.engine, { ...duty, epoch: "999" })).toBe("lost");
    expect(await minutes()).toEqual([]);
  });
});
