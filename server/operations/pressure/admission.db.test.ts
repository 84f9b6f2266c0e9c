import { describe, expect, it } from "vitest";
import type { BackpressureError } from "#core/pressure/backpressure-error.ts";
import { inTransaction } from "#db/transaction.ts";
import { readAdmissions } from "#server/store/pressure/read-admissions.ts";
import { enqueueJobs } from "../jobs/enqueue-jobs.ts";
import { patchQueue } from "../queues/patch-queue.ts";
import { press } from "../testing/press.ts";
import { testEngine } from "../testing/test-engine.ts";

const test = await testEngine();
const { engine } = test;
await test.define("keen", { queue: "keen" });
await test.define("patient", { queue: "patient", sheddable: true });
const submit = (jobs: object[], options: Partial<Parameters<typeof enqueueJobs>[2]> = {}) =>
  enqueueJobs(
    engine,
    jobs.map((job) => ({ definition: "patient", payload: 1, ...job })),
    {
      actor: "test",
      ...options,
    },
  );
const refusals = (results: Awaited<ReturnType<typeof submit>>) =>
  results.map((result) => (result.ok ? "ok" : result.error.code));
const gauge = (depth: number, oldestMs = 0) => ({ depth, oldestMs, startsPerSecond: 10, classes: null });
const counted = async () => {
  await engine.admissions.flush();
  const nowMs = engine.clock.nowMs();
  return readAdmissions(engine.pool, { fromMs: nowMs - 60_000, untilMs: nowMs + 60_000 });
};

describe("a submit under pressure", () => {
  it("is refused under red when its definition is sheddable, with a time, and nothing is written", async () => {
    await press(engine, { levels: { 2: "red" }, waitMs: 100_000 });
    const before = await test.value("select count(*)::int from signalbox.jobs");
    const [refused, critical] = await submit([{}, { priority: "critical" }]);
    const error = refused?.ok === false ? (refused.error as BackpressureError) : null;
    expect(error).toMatchObject({
      name: "BackpressureError",
      code: "backpressure",
      status: 429,
      level: "red",
    });
    expect(error?.retryAfterMs).toBeGreaterThanOrEqual(40_000);
    expect(error?.retryAfterMs).toBeLessThanOrEqual(50_000);
    expect(critical?.ok).toBe(true);
    expect(await test.value("select count(*)::int from signalbox.jobs")).toBe(Number(before) + 1);
  });

  it("is accepted with a signal when its definition is not", async () => {
    await press(engine, { levels: { 2: "red" }, waitMs: 100_000 });
    expect(await submit([{ definition: "keen" }])).toMatchObject([
      { ok: true, pressure: { level: "red", waitMs: 100_000, paceMs: 60_000 } },
    ]);
  });

  it("of a caller's transaction is accepted with a signal unless it asks to be refused", async () => {
    await press(engine, { levels: { 2: "red" }, waitMs: 100_000 });
    await inTransaction(engine.pool, async (transaction) => {
      expect(await submit([{}], { transaction })).toMatchObject([{ ok: true, pressure: { level: "red" } }]);
      expect(refusals(await submit([{}], { transaction, onPressure: "reject" }))).toEqual(["backpressure"]);
      expect(refusals(await submit([{}], { transaction }))).toEqual(["ok"]);
    });
    expect(await submit([{}], { onPressure: "signal" })).toMatchObject([
      { ok: true, pressure: { level: "red" } },
    ]);
  });

  it("that a live receipt answers is answered, and each of a batch is judged by itself", async () => {
    await press(engine, {});
    const [first] = await submit([{ idempotencyKey: "k1" }]);
    await press(engine, { levels: { 2: "red" }, waitMs: 100_000 });
    const results = await submit([
      { idempotencyKey: "k1" },
      { idempotencyKey: "k2" },
      {},
      { definition: "keen" },
      { definition: "nobody" },
    ]);
    expect(refusals(results)).toEqual(["ok", "backpressure", "backpressure", "ok", "unknown_definition"]);
    expect(results[0]).toMatchObject({ deduplicated: true, id: first?.ok ? first.id : "none" });
  });

  it("of a job that is due later is not refused for the line of now", async () => {
    await press(engine, { levels: { 2: "red" }, waitMs: 100_000 });
    const results = await submit([{ runAtMs: engine.clock.nowMs() + 3_600_000 }]);
    expect(results).toMatchObject([{ ok: true }]);
    expect(results[0]).not.toHaveProperty("pressure");
  });

  it("is accepted without a word when nobody has reckoned the pressure for 15 s", async () => {
    await press(engine, { levels: { 2: "red" }, waitMs: 100_000, ageMs: 16_000 });
    expect(refusals(await submit([{}]))).toEqual(["ok"]);
  });

  it("is for critical jobs alone while the storage is at its limit, also of those due later", async () => {
    await press(engine, { storage: "stop" });
    const results = await submit([
      { definition: "keen" },
      { definition: "keen", priority: "critical" },
      { runAtMs: engine.clock.nowMs() + 3_600_000 },
    ]);
    expect(refusals(results)).toEqual(["backpressure", "ok", "backpressure"]);
  });

  it("is counted by queue and cause when it was refused or signalled", async () => {
    await engine.pool.query({ text: "delete from signalbox.admission_counts" });
    await press(engine, { levels: { 2: "red" }, waitMs: 100_000 });
    await counted();
    await engine.pool.query({ text: "delete from signalbox.admission_counts" });
    await submit([{}, {}, { definition: "keen" }]);
    const { queues } = engine.catalog.current;
    const sorted = (await counted()).sort((a, b) => b.refused - a.refused);
    expect(sorted).toEqual([
      { queueId: queues.get("patient")?.id, cause: "predicted-wait", refused: 2, signalled: 0 },
      { queueId: queues.get("keen")?.id, cause: "predicted-wait", refused: 0, signalled: 1 },
    ]);
  });
});

describe("thresholds of a queue", () => {
  const limit = async (thresholds: object | null) => {
    await patchQueue(engine, { name: "keen", body: { thresholds }, actor: "ann" });
  };

  it("close it at their depth, and many submits at once never go past it", async () => {
    await limit({ maxDepth: 20 });
    await press(engine, { queues: { keen: gauge(5) } });
    const results = await Promise.all(Array.from({ length: 60 }, () => submit([{ definition: "keen" }])));
    const accepted = results.flat().filter((result) => result.ok);
    expect(accepted).toHaveLength(15);
    const refused = results.flat().find((result) => !result.ok);
    expect(refused?.ok === false && refused.error.message).toContain(
      "queue keen has 20 jobs in line and takes 20",
    );
  });

  it("open it again with the next count that is below them", async () => {
    await limit({ maxDepth: 20 });
    await press(engine, { queues: { keen: gauge(20) } });
    expect(refusals(await submit([{ definition: "keen" }]))).toEqual(["backpressure"]);
    // Counted a second later, when all that was accepted before has been seen.
    await press(engine, { queues: { keen: gauge(19) }, ageMs: -1_000 });
    expect(refusals(await submit([{ definition: "keen" }]))).toEqual(["ok"]);
  });

  it("close it at the age of its oldest job, or only tell of it", async () => {
    await limit({ maxOldestMs: 60_000 });
    await press(engine, { queues: { keen: gauge(1, 61_000) } });
    expect(refusals(await submit([{ definition: "keen" }]))).toEqual(["backpressure"]);
    await limit({ maxOldestMs: 60_000, action: "signal" });
    expect(await submit([{ definition: "keen" }])).toMatchObject([
      { ok: true, pressure: { level: "yellow" } },
    ]);
    await limit(null);
    expect((await submit([{ definition: "keen" }]))[0]).not.toHaveProperty("pressure");
  });

  it("are set and cleared with an audit entry, and refused where they contradict the other limits", async () => {
    await limit({ maxDepth: 7, maxOldestMs: 90_000, action: "signal" });
    expect(engine.catalog.current.queues.get("keen")?.thresholds).toEqual({
      maxDepth: 7,
      maxOldestMs: 90_000,
      action: "signal",
    });
    const entry = await test.value(
      "select after->'thresholds'->>'maxDepth' from signalbox.audit_entries where object_id = 'keen' order by id desc limit 1",
    );
    expect(entry).toBe("7");
    const contradict = patchQueue(engine, {
      name: "keen",
      body: { thresholds: { maxOldestMs: 1_000 }, rateLimit: { count: 1, perMs: 60_000 } },
      actor: "ann",
    });
    await expect(contradict).rejects.toMatchObject({
      code: "validation",
      errors: [{ path: "/thresholds/maxOldestMs" }],
    });
    expect(engine.catalog.current.queues.get("keen")).toMatchObject({
      rateLimit: null,
      thresholds: { maxDepth: 7 },
    });
    await limit(null);
    expect(engine.catalog.current.queues.get("keen")?.thresholds).toBeNull();
  });
});
