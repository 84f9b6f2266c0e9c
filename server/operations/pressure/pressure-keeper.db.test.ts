import { describe, expect, it } from "vitest";
import { scalingSetting } from "#core/capacity/scaling-setting.ts";
import { storageGuardSetting } from "#core/pressure/storage-guard.ts";
import { renderMetrics } from "#server/http/metrics/render-metrics.ts";
import { takeDuty } from "#server/store/duties/take-duty.ts";
import { enqueueJobs } from "../jobs/enqueue-jobs.ts";
import { takeDepthSample } from "../metrics/maintain-metrics.ts";
import { patchQueue } from "../queues/patch-queue.ts";
import { putSetting } from "../settings/put-setting.ts";
import { testEngine } from "../testing/test-engine.ts";
import { registerWorker } from "../workers/register-worker.ts";
import { guardStorage } from "./guard-storage.ts";
import { PressureKeeper } from "./pressure-keeper.ts";

const test = await testEngine();
const { engine } = test;
await test.define("pay", { queue: "pay", priority: "high" });
await test.define("mail", { queue: "mail" });
await registerWorker(engine, {
  ...{ pool: "default", definitions: ["pay", "mail"], concurrency: 10, transport: "postgres", host: "test" },
  ...{ pid: null, version: null, heartbeatMs: 60_000 },
});
const duty = async (name: string) => ({
  name,
  owner: "1",
  epoch: (await takeDuty(engine.pool, name, "1", 60_000)) as string,
});
const depth = await duty("depth");
const keeper = new PressureKeeper(engine);
const look = async (by = keeper) => {
  expect(await takeDepthSample(engine, depth, (counted) => by.look(depth, counted))).not.toBe(false);
  await engine.pressure.check();
  return engine.pressure.current;
};
const laneOf = (name: string) =>
  [...engine.catalog.current.lanes.values()].find((lane) => lane.definition.name === name)?.id as number;
const many = (definition: string, count: number) =>
  enqueueJobs(
    engine,
    Array.from({ length: count }, () => ({ definition, payload: null })),
    { actor: "test" },
  );

describe("reckoning the pressure", () => {
  it("knows nothing bad of an empty system", async () => {
    const { crews, storage, queues } = await look();
    expect(crews).toMatchObject([{ pool: "default", slots: 10, definitions: ["mail", "pay"] }]);
    expect(crews[0]?.classes.map(({ state }) => state.level)).toEqual(new Array(5).fill("green"));
    expect(storage.level).toBe("ok");
    expect(queues).toEqual({});
  });

  it("predicts waits from what is in line and how fast it ends, and tells the feed of a level that changed", async () => {
    await many("pay", 210);
    const claimer = await test.worker();
    expect(await claimer.claim(10)).toHaveLength(10);
    // Ten run and ten end each second: a second each. 200 in line on ten slots are 20 s.
    await engine.pool.query({
      text: `insert into signalbox.metrics_1s (at_ms, source, lane, class, submitted, started, completed, retried, died, cancelled)
        select (select signalbox.now_ms()) / 1000 * 1000 - n * 1000, 1, $1, 1, 0, 10, 10, 0, 0, 0 from generate_series(0, 6) n`,
      values: [laneOf("pay")],
    });
    const { crews } = await look(new PressureKeeper(engine));
    const high = crews[0]?.classes[1];
    expect(high?.waitMs).toBeGreaterThan(18_000);
    expect(high?.waitMs).toBeLessThan(22_500);
    expect(high?.state.level).toBe("yellow");
    expect(crews[0]?.classes[0]?.waitMs).toBe(0);
    const told = await test.value(
      "select cause from signalbox.automation_events where kind = 'pressure-rose' order by id desc limit 1",
    );
    expect(told).toContain("Class high went from green to yellow at pool default");
    expect(
      engine.pressure.pressureOf(engine.catalog.current.lanes.get(laneOf("mail")) as never, 1).level,
    ).toBe("yellow");
  });

  it("goes on from where the levels stand when another dispatcher takes over", async () => {
    const before = (await look()).crews[0]?.classes[1]?.state;
    const after = (await look(new PressureKeeper(engine))).crews[0]?.classes[1]?.state;
    expect(after?.sinceMs).toBe(before?.sinceMs);
  });

  it("writes nothing when the duty has passed to another", async () => {
    const stale = { ...depth, epoch: "0" };
    const row = () => test.value("select at_ms::text from signalbox.pressure where part = 'levels'");
    const before = await row();
    const counted = [{ atMs: engine.clock.nowMs() + 60_000, lane: 0, rank: 0 }] as never;
    expect(await new PressureKeeper(engine).look(stale, counted)).toBe(false);
    expect(await row()).toBe(before);
  });

  it("does not hold up the count of depths when it fails", async () => {
    const failing = takeDepthSample(engine, depth, () => Promise.reject(new Error("no")));
    expect(await failing).toMatchObject({ inMs: expect.any(Number) });
  });

  it("counts queues with thresholds, also beyond what a sample counts one by one", async () => {
    await patchQueue(engine, { name: "mail", body: { thresholds: { maxDepth: 20_050 } }, actor: "ann" });
    for (let batch = 0; batch < 21; batch++) await many("mail", 1_000);
    const { queues } = await look(new PressureKeeper(engine));
    expect(queues.mail?.depth).toBe(20_050);
    const [refused] = await many("mail", 1);
    expect(refused).toMatchObject({ ok: false, error: { code: "backpressure" } });
    await patchQueue(engine, { name: "mail", body: { thresholds: null }, actor: "ann" });
  }, 30_000);
});

describe("the workers that are wanted", () => {
  it("are told on the feed and to the webhooks that asked for scaling, whenever their number changes", async () => {
    for (const [name, kinds] of [
      ["pager", "{}"],
      ["autoscaler", "{scaling}"],
    ])
      await engine.pool.query({
        text: `insert into signalbox.webhooks (name, url, kinds, enabled, secret, created_by)
          values ($1, 'https://scaler.example/', $2, true, 'whsec_x', 'ann')`,
        values: [name, kinds],
      });
    // 21,000 jobs wait on ten slots.
    const scaler = new PressureKeeper(engine);
    const before = await look(scaler);
    expect(before.crews[0]?.scale?.workers).toBeGreaterThan(9);
    const value = { minWorkers: 3, maxWorkers: 9, cooldownMs: 60_000 };
    await putSetting(engine, scalingSetting, { value, expectedVersion: 0, actor: "ann", reason: null });
    const after = await look(scaler);
    expect(after.crews[0]?.scale?.workers).toBe(9);
    expect(
      await test.value(
        "select cause from signalbox.automation_events where kind = 'workers-wanted' order by id desc limit 1",
      ),
    ).toMatch(/^9 workers are wanted at pool default \(mail, pay\), \d+ before; 1 is there with 10 slots: /);
    await look(scaler);
    const { rows } = await engine.pool.query(
      "select w.name, d.event, d.body from signalbox.webhook_deliveries d join signalbox.webhooks w on w.id = d.webhook_id",
    );
    expect(rows).toMatchObject([
      {
        name: "autoscaler",
        event: "scaling.wanted",
        body: { event: "scaling.wanted", scaling: { pool: "default", workers: 1, wantedWorkers: 9 } },
      },
    ]);
    const metrics = await renderMetrics(engine);
    expect(metrics).toContain('signalbox_workers_wanted{pool="default",definition="mail"} 9');
  });
});

describe("the storage guard", () => {
  const guard = async () => guardStorage(engine, await duty("storage-guard"));

  it("reads the size of the database and of its log", async () => {
    const verdict = await guard();
    expect(verdict).toMatchObject({ level: "ok", findings: [] });
    if (verdict === false) throw new Error("the duty was lost");
    expect(verdict.facts?.databaseBytes).toBeGreaterThan(1_000_000);
    expect(verdict.facts?.walBytes).toBeGreaterThan(1_000_000);
  });

  it("finds who holds the horizon back", async () => {
    const old = await engine.pool.connect();
    await old.query("begin isolation level repeatable read");
    await old.query("select txid_current()");
    for (let turn = 0; turn < 5; turn++) await test.submit({ definition: "pay" });
    const verdict = await guard();
    if (verdict === false) throw new Error("the duty was lost");
    expect(verdict.facts?.horizonAge).toBeGreaterThanOrEqual(5);
    expect(verdict.facts?.horizonHolder).toContain("session");
    await old.query("rollback");
    old.release();
  });

  it("closes Signalbox to all but critical jobs at its bound, tells the feed, and opens it again", async () => {
    const set = (stopAt: number | null, expectedVersion: number) =>
      putSetting(engine, storageGuardSetting, {
        ...{ expectedVersion, actor: "ann", reason: null },
        value: { ...storageGuardSetting.standard, database: { warnAt: null, stopAt } },
      });
    await set(1_000_000, 0);
    expect(await guard()).toMatchObject({ level: "stop", findings: [{ limit: "database" }] });
    expect((await look()).storage.level).toBe("stop");
    await expect(test.submit({ definition: "pay" })).rejects.toMatchObject({ code: "backpressure" });
    await test.submit({ definition: "pay", priority: "critical" });
    const told = await test.value(
      "select cause from signalbox.automation_events where kind = 'storage-guard' order by id desc limit 1",
    );
    expect(told).toContain("only critical jobs are accepted");
    await set(null, 1);
    await guard();
    await look();
    await test.submit({ definition: "pay" });
  });

  it("takes a warning bound that is not below the stop for what it is: wrong", async () => {
    const wrong = putSetting(engine, storageGuardSetting, {
      ...{ expectedVersion: 2, actor: "ann", reason: null },
      value: { ...storageGuardSetting.standard, database: { warnAt: 5e9, stopAt: 5e9 } },
    });
    await expect(wrong).rejects.toMatchObject({ code: "validation", errors: [{ path: "/database/warnAt" }] });
  });
});
