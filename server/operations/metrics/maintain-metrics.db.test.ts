import { describe, expect, it } from "vitest";
import { emptyCounts } from "#core/metric/histogram.ts";
import { holdDuty } from "#server/store/duties/hold-duty.ts";
import { takeDuty } from "#server/store/duties/take-duty.ts";
import { readCounterSeries } from "#server/store/metrics/read-counter-series.ts";
import { pruneMetrics, type RollUpStep, rollUpMetrics, rollUpSteps } from "#server/store/metrics/roll-up.ts";
import { testEngine } from "../testing/test-engine.ts";
import { type Duty, rollUpCounters, takeDepthSample } from "./maintain-metrics.ts";
import { sweepStale } from "./sweep-stale.ts";

const test = await testEngine();
const { engine } = test;
const { pool } = engine;
await test.define("work");
const [lane] = [...engine.catalog.current.lanes.keys()] as [number];
const [tens, minutes, tenMinutes] = rollUpSteps as [RollUpStep, RollUpStep, RollUpStep];
const epochOf = (name: string, owner: string, ttlMs = 60_000) => takeDuty(pool, name, owner, ttlMs);
const lapse = (name: string) =>
  test.value("update signalbox.duties set until = clock_timestamp() - interval '1 s' where name = $1", [
    name,
  ]);
const held = async (name: string, owner = "1"): Promise<Duty> => ({
  name,
  owner,
  epoch: (await epochOf(name, owner)) as string,
});

async function count(
  atMs: number,
  more: {
    rank?: number;
    source?: number;
    completed?: number;
    failures?: object;
    wait?: number[] | null;
  } = {},
) {
  const { rank = 2, source = 1, completed = 1, failures = null, wait = null } = more;
  await pool.query(
    `insert into signalbox.metrics_1s values ($1, $2, $3, $4, 0, 0, $5, 0, 0, 0, $6, $7, null)`,
    [atMs, source, lane, rank, completed, failures && JSON.stringify(failures), wait],
  );
}

describe("a singleton duty", () => {
  it("is one owner's until it runs out, its epoch moving with every new owner", async () => {
    expect(await epochOf("a", "1")).toBe("1");
    expect(await epochOf("a", "2")).toBeNull();
    expect(await epochOf("a", "1")).toBe("1");
    await lapse("a");
    expect(await epochOf("a", "2")).toBe("2");
    expect(await epochOf("a", "1")).toBeNull();
    await lapse("a");
    expect(await epochOf("a", "1")).toBe("3");
  });

  it("goes to exactly one of many that ask at once", async () => {
    const epochs = await Promise.all(
      Array.from({ length: 12 }, (_, owner) => epochOf("b", String(owner + 1))),
    );
    expect(epochs.filter((epoch) => epoch !== null)).toEqual(["1"]);
  });

  it("refuses every write of an owner that has lost it without knowing", async () => {
    const stale = await held("c", "1");
    await lapse("c");
    await epochOf("c", "2");
    const before = await test.value("select count(*)::int from signalbox.depth_samples");
    expect(await takeDepthSample(engine, stale)).toBe(false);
    expect(await rollUpCounters(engine, stale)).toBe("lost");
    expect(await sweepStale(engine, stale)).toBe("lost");
    expect(await test.value("select count(*)::int from signalbox.depth_samples")).toBe(before);
  });

  it("cannot be taken over in the middle of a write that it guards", async () => {
    const mine = await held("d", "1");
    await lapse("d");
    const client = await pool.connect();
    await client.query("begin");
    expect(await holdDuty(client, "d", mine.owner, mine.epoch)).toBe(true);
    let taken = false;
    const taking = epochOf("d", "2").then((epoch) => {
      taken = epoch !== null;
    });
    for (let n = 0; n < 5; n++) await test.value("select 1");
    expect(taken).toBe(false);
    await client.query("commit");
    client.release();
    await taking;
    expect(taken).toBe(true);
  });
});

describe("rolling up", () => {
  it("sums every counter, failure class and bucket once, whatever ticks are skipped or repeated", async () => {
    await pool.query(
      "truncate signalbox.metrics_1s, signalbox.metrics_10s, signalbox.metrics_1m, signalbox.rollups",
    );
    const startMs = (await test.value(
      "select (signalbox.now_ms() / 60000 * 60000 - 600000)::float8",
    )) as number;
    const wait = emptyCounts().map((_, bucket) => bucket);
    for (let second = 0; second < 300; second += 7)
      await count(startMs + second * 1_000, {
        rank: second % 2,
        source: second % 3,
        failures: { timeout: 1, bug: second % 2 },
        wait: second % 5 === 0 ? null : wait,
      });
    const total = async (table: string) =>
      (
        await pool.query(`select coalesce(sum(completed), 0)::int as completed, coalesce(sum((failures->>'timeout')::int), 0)::int as timeouts,
        coalesce(sum((failures->>'bug')::int), 0)::int as bugs, coalesce(sum(wait_ms[24]), 0)::int as last, coalesce(sum(wait_ms[2]), 0)::int as second
        from signalbox.${table}`)
      ).rows[0];
    const exact = await total("metrics_1s");
    expect(exact.completed).toBe(43);
    const duty = await held("roll-up");
    expect(await rollUpCounters(engine, duty)).toBe("done");
    expect(await total("metrics_10s")).toEqual(exact);
    expect(await total("metrics_1m")).toEqual(exact);
    // Again changes nothing; what came since is added, what came late to a finished bucket is not counted twice.
    expect(await rollUpCounters(engine, duty)).toBe("done");
    expect(await total("metrics_10s")).toEqual(exact);
    await count(startMs + 590_000, { completed: 100 });
    await rollUpCounters(engine, duty);
    await rollUpCounters(engine, duty);
    expect((await total("metrics_10s")).completed - exact.completed).toBeOneOf([0, 100]);
  });

  it("leaves a bucket that is not over, and the seconds in which rows may still come, alone", async () => {
    await pool.query(
      "truncate signalbox.metrics_1s, signalbox.metrics_10s, signalbox.metrics_1m, signalbox.rollups",
    );
    await test.value(
      "insert into signalbox.metrics_1s select signalbox.now_ms(), 1, $1, 2, 0, 0, 1, 0, 0, 0",
      [lane],
    );
    expect(await rollUpMetrics(pool, tens)).toBe(0);
    expect(
      await test.value(
        "select done_until_ms <= signalbox.now_ms() - 5000 from signalbox.rollups where name = 'metrics_10s'",
      ),
    ).toBe(true);
  });

  it("takes a minute only when all the tens it is made of are there", async () => {
    await pool.query(
      "truncate signalbox.metrics_1s, signalbox.metrics_10s, signalbox.metrics_1m, signalbox.rollups",
    );
    const oldMs = (await test.value(
      "select (signalbox.now_ms() / 60000 * 60000 - 300000)::float8",
    )) as number;
    await pool.query("insert into signalbox.rollups values ('metrics_10s', $1)", [oldMs + 30_000]);
    await pool.query(
      "insert into signalbox.metrics_10s values ($1, $2, 2, 0, 0, 5, 0, 0, 0, null, null, null)",
      [oldMs, lane],
    );
    expect(await rollUpMetrics(pool, minutes)).toBe(0);
    await pool.query(
      "insert into signalbox.metrics_10s values ($1, $2, 2, 0, 0, 7, 0, 0, 0, null, null, null)",
      [oldMs + 40_000, lane],
    );
    await pool.query("update signalbox.rollups set done_until_ms = $1 where name = 'metrics_10s'", [
      oldMs + 60_000,
    ]);
    await rollUpMetrics(pool, minutes);
    expect(
      await test.value("select sum(completed)::int from signalbox.metrics_1m where at_ms = $1", [oldMs]),
    ).toBe(12);
  });

  it("sums the minutes to ten, and charts read each stretch of time once whichever grain holds it", async () => {
    await pool.query(
      "truncate signalbox.metrics_1s, signalbox.metrics_10s, signalbox.metrics_1m, signalbox.metrics_10m, signalbox.rollups",
    );
    const fromMs = (await test.value(
      "select (signalbox.now_ms() / 600000 * 600000 - 1800000)::float8",
    )) as number;
    await pool.query(
      `insert into signalbox.metrics_1m select $1::bigint + g * 60000, $2, 2, 0, 0, 1, 0, 0, 0, '{"timeout":1}', null, array[1, 2]
       from generate_series(0, 24) g`,
      [fromMs, lane],
    );
    await pool.query("insert into signalbox.rollups values ('metrics_1m', $1)", [fromMs + 1_500_000]);
    const charted = () =>
      readCounterSeries(pool, { fromMs, toMs: fromMs + 1_800_000, bucketMs: 600_000, lanes: [lane] });
    const before = await charted();
    expect(before.map(({ completed }) => completed)).toEqual([10, 10, 5]);
    await rollUpMetrics(pool, tenMinutes);
    expect(await test.value("select array_agg(completed order by at_ms) from signalbox.metrics_10m")).toEqual(
      [10, 10],
    );
    await pool.query("update signalbox.metrics_1m set completed = 99 where at_ms < $1", [fromMs + 1_200_000]);
    expect(await charted()).toEqual(before);
  });

  it("catches up after a long absence in steps, losing nothing", async () => {
    await pool.query(
      "truncate signalbox.metrics_1s, signalbox.metrics_10s, signalbox.metrics_1m, signalbox.rollups",
    );
    await pool.query(
      `insert into signalbox.metrics_1s select (select signalbox.now_ms()) / 1000 * 1000 - g * 1000, 1, $1, 2, 0, 0, 1, 0, 0, 0
       from generate_series(60, 20000, 10) g`,
      [lane],
    );
    const ticks: number[] = [];
    for (let tick = 0; tick < 30; tick++) ticks.push(await rollUpMetrics(pool, tens));
    expect(Math.max(...ticks)).toBeLessThanOrEqual(360);
    expect(await test.value("select sum(completed)::int from signalbox.metrics_10s")).toBe(1_995);
  });

  it("deletes only what is old and rolled up, a bounded number at once", async () => {
    await pool.query(
      "truncate signalbox.metrics_1s, signalbox.metrics_10s, signalbox.metrics_1m, signalbox.rollups",
    );
    await pool.query(
      `insert into signalbox.metrics_1s select (select signalbox.now_ms()) - 3600000 - g * 1000, 1, $1, 2, 0, 0, 1, 0, 0, 0 from generate_series(1, 100) g`,
      [lane],
    );
    await count((await test.value("select signalbox.now_ms()::float8")) as number);
    expect(await pruneMetrics(pool, tens, 1_000)).toBe(0);
    await rollUpMetrics(pool, tens);
    expect(await pruneMetrics(pool, tens, 30)).toBe(30);
    expect(await pruneMetrics(pool, tens, 1_000)).toBe(70);
    expect(await test.value("select count(*)::int from signalbox.metrics_1s")).toBe(1);
  });
});

describe("a depth sample", () => {
  it("counts what stands where, by lane and class, completed and fenced jobs left out", async () => {
    await pool.query(
      "truncate signalbox.depth_samples, signalbox.ready, signalbox.scheduled, signalbox.leases, signalbox.jobs",
    );
    const ids = [];
    for (let n = 0; n < 7; n++)
      ids.push(await test.submit({ definition: "work", priority: n < 5 ? "normal" : "bulk" }));
    await test.submit({ definition: "work", runAtMs: engine.clock.nowMs() + 3_600_000 });
    await test.value(
      "insert into signalbox.scheduled values (1, signalbox.now_ms() + 99999, $1, 1, 2, 1, 0, false, true)",
      [lane],
    );
    await test.value(
      "insert into signalbox.held values (2, 'queue-paused', null, 0, null, 0, $1, 0, 2, 0, 0)",
      [lane],
    );
    const worker = await test.worker();
    const jobs = await worker.claim(4);
    await test.value("update signalbox.leases set fenced = array[$1::bigint]", [jobs[0]?.id]);
    await test.value("insert into signalbox.completed values ($1, 1, 2, $2, 1)", [jobs[1]?.id, worker.id]);
    expect(await takeDepthSample(engine, await held("depth"))).toMatchObject({ inMs: expect.any(Number) });
    const { rows } = await pool.query(
      "select class, available, scheduled, retryable, held, running from signalbox.depth_samples where lane = $1 order by class",
      [lane],
    );
    const running = jobs.slice(2).map((job) => job.rank);
    const waiting = (rank: number, of: number) => of - jobs.filter((job) => job.rank === rank).length;
    expect(rows).toEqual(
      [
        {
          class: 2,
          available: waiting(2, 5),
          scheduled: 1,
          retryable: 1,
          held: 1,
          running: running.filter((rank) => rank === 2).length,
        },
        {
          class: 4,
          available: waiting(4, 2),
          scheduled: 0,
          retryable: 0,
          held: 0,
          running: running.filter((rank) => rank === 4).length,
        },
      ].filter((row) => row.available + row.scheduled + row.running > 0),
    );
    expect(await test.value("select count(*)::int from signalbox.depth_samples where lane = 0")).toBe(1);
  });
});
