import { describe, expect, it } from "vitest";
import { completeAttempts } from "../attempts/complete-attempts.ts";
import { attemptKit } from "../testing/attempt-kit.ts";
import { testEngine } from "../testing/test-engine.ts";
import { advanceQueues } from "./advance-queues.ts";
import { patchQueue } from "./patch-queue.ts";

const test = await testEngine();
const { engine } = test;
const kit = attemptKit(test);
const patch = (name: string, body: object) => patchQueue(engine, { name, body, actor: "ann" });
const isoIn = (ms: number) => new Date(engine.clock.nowMs() + ms).toISOString();
const lastAudit = (name: string) =>
  test.value(
    `select json_build_object('actor', actor, 'reason', reason, 'after', after)::text from signalbox.audit_entries
      where object_kind = 'queue' and object_id = $1 order by id desc limit 1`,
    [name],
  );

describe("a pause with an end", () => {
  it("is ended by the dispatcher when its time is over, once, as its own act in the audit trail", async () => {
    await test.define("napping", { queue: "napping" });
    await patch("napping", { paused: true, pausedUntil: isoIn(60_000), reason: "deploy" });
    expect(await advanceQueues(engine)).toEqual([]);
    await test.value("update signalbox.queues set paused_until = clock_timestamp() where name = 'napping'");
    await engine.catalog.reload();
    const both = await Promise.all([advanceQueues(engine), advanceQueues(engine)]);
    expect(both.flat()).toEqual(["napping"]);
    expect(engine.catalog.current.queues.get("napping")).toMatchObject({
      paused: false,
      pausedUntilMs: null,
    });
    expect(JSON.parse(String(await lastAudit("napping")))).toMatchObject({
      actor: "dispatcher",
      reason: "the time until which it was paused is over",
      after: { paused: false, pausedUntil: null },
    });
  });

  it("is not ended when it was paused anew without one meanwhile", async () => {
    await test.define("held", { queue: "held" });
    await patch("held", { paused: true, pausedUntil: isoIn(60_000) });
    expect(await patch("held", { paused: true })).toMatchObject({ paused: true, pausedUntil: null });
    expect(await patch("held", { maxRunning: 3 })).toMatchObject({ paused: true, maxRunning: 3 });
  });

  it("is refused without a pause or when its time has passed, and nothing changes", async () => {
    await test.define("awake", { queue: "awake" });
    await expect(patch("awake", { pausedUntil: isoIn(60_000) })).rejects.toMatchObject({
      code: "validation",
      errors: [{ path: "/pausedUntil" }],
    });
    await expect(patch("awake", { paused: true, pausedUntil: isoIn(-1) })).rejects.toMatchObject({
      code: "validation",
    });
    expect(engine.catalog.current.queues.get("awake")).toMatchObject({ paused: false });
  });
});

describe("weights of keys", () => {
  const weightsInAudit = () =>
    test.value(
      `select json_build_object('before', before->'keyWeights', 'after', after->'keyWeights')::text from signalbox.audit_entries
        where object_kind = 'queue' and object_id = 'shared' order by id desc limit 1`,
    );

  it("are changed key by key, and the audit trail has those that changed and no others", async () => {
    await test.define("shared", { queue: "shared" });
    await patch("shared", { keyWeights: { gold: 5, slow: 0.5 } });
    expect(await patch("shared", { keyWeights: { gold: 8, slow: null, extra: 1 } })).toMatchObject({
      keyWeights: { gold: 8 },
    });
    expect(JSON.parse(String(await weightsInAudit()))).toEqual({
      before: { gold: 5, slow: 0.5 },
      after: { gold: 8, slow: 1 },
    });
    await patch("shared", { maxRunning: 3 });
    expect(JSON.parse(String(await weightsInAudit()))).toEqual({ before: null, after: null });
    expect(await patch("shared", { keyWeights: null })).toMatchObject({ keyWeights: {} });
  });

  it("are refused beyond 500 keys, and nothing changes", async () => {
    const many = (prefix: string) =>
      Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`${prefix}${index}`, 2]));
    await patch("shared", { keyWeights: many("a") });
    await expect(patch("shared", { keyWeights: many("b") })).rejects.toMatchObject({
      code: "validation",
      errors: [{ path: "/keyWeights" }],
    });
    const { keyWeights } = await patch("shared", {});
    expect(Object.keys(keyWeights)).toHaveLength(300);
  });
});

describe("a queue that drains", () => {
  it("refuses new submits, works off what it has, then pauses itself; jobs scheduled for later stay", async () => {
    await test.define("leaving", { queue: "leaving" });
    await test.define("staying", { queue: "staying" });
    await test.submit({ definition: "leaving", idempotencyKey: "k" });
    await test.submit({ definition: "leaving", runAtMs: engine.clock.nowMs() + 3_600_000 });
    const { drainingSince } = await patch("leaving", { draining: true });
    expect(drainingSince).not.toBeNull();
    await expect(test.submit({ definition: "leaving" })).rejects.toMatchObject({
      code: "invalid_state",
      message: expect.stringContaining("leaving is being drained"),
    });
    await test.submit({ definition: "leaving", idempotencyKey: "k" });
    await test.submit({ definition: "staying" });
    expect(await advanceQueues(engine)).toEqual([]);
    const worker = await test.worker();
    const jobs = (await worker.claim(10)).filter((job) => job.queue === "leaving");
    expect(jobs).toHaveLength(1);
    expect(await advanceQueues(engine)).toEqual([]);
    await completeAttempts(
      engine,
      worker.id,
      jobs.map(kit.completion),
      jobs.map((job) => job.leaseId),
    );
    expect(await advanceQueues(engine)).toEqual(["leaving"]);
    expect(engine.catalog.current.queues.get("leaving")).toMatchObject({
      paused: true,
      drainingSinceMs: null,
    });
    expect(await test.value("select count(*)::int from signalbox.scheduled")).toBe(1);
    expect(await lastAudit("leaving")).toContain("dispatcher");
  });

  it("takes new jobs again when the drain is cancelled", async () => {
    await test.define("back", { queue: "back" });
    await patch("back", { draining: true });
    await patch("back", { draining: false });
    await test.submit({ definition: "back" });
  });
});
