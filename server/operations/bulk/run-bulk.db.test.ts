import { describe, expect, it } from "vitest";
import { defaultGuard } from "#core/bulk/bulk-guard.ts";
import { cancelJob } from "../jobs/cancel-job.ts";
import { attemptKit } from "../testing/attempt-kit.ts";
import { bulkKit } from "../testing/bulk-kit.ts";
import { testEngine } from "../testing/test-engine.ts";
import { runBulk } from "./run-bulk.ts";
import { takeBackBulk } from "./start-bulk.ts";
import { steerBulk } from "./steer-bulk.ts";

const test = await testEngine();
const { engine } = test;
const { placements } = attemptKit(test);
const { worker, by, start, duty, operation, settle, deadJobs } = await bulkKit(test);

const later = () => engine.clock.nowMs() + 3_600_000;
/** A tick, as if so much time had passed since the one before. */
async function tick(id: string, passedMs = 1_000) {
  await test.value("update signalbox.bulk_operations set ticked_at_ms = ticked_at_ms - $1", [passedMs]);
  await runBulk(engine, await duty());
  return operation(id);
}
async function runOut(id: string) {
  for (let ticks = 0; ticks < 500; ticks++) {
    const bulk = await tick(id);
    if (bulk.state !== "running" && bulk.state !== "freezing") return bulk;
  }
  throw new Error(`operation ${id} never ended`);
}
const audited = (id: string) =>
  test.value(
    `select array_agg(action order by at) from (
       select action, at from signalbox.audit_entries where object_kind = 'bulk' and object_id = $1) a`,
    [id],
  );

describe("a guarded retry", () => {
  it("halts by itself when its canary fails again, and after a resume goes on with a new one to the end", async () => {
    await deadJobs(60, "canary");
    const { operationId, matched } = await start({ action: "retry" }, { tag: "canary", states: ["dead"] });
    expect(matched).toBe(60);
    expect(await tick(operationId)).toMatchObject({ state: "running", taken: 10, done: 10 });
    expect((await tick(operationId)).taken).toBe(10);
    await settle(await worker.claim(100), "fail");
    expect(await tick(operationId)).toMatchObject({
      state: "halted",
      taken: 10,
      halt: { kind: "failing", because: expect.stringContaining("10 of 10") },
      verdict: { finished: 10, failed: 10 },
    });
    expect(await tick(operationId)).toMatchObject({ state: "halted", taken: 10 });

    await steerBulk(engine, { id: operationId, verb: "resume", ...by });
    expect(await tick(operationId)).toMatchObject({ taken: 20, canaryPassed: false });
    await settle(await worker.claim(100), "complete");
    const ended = await runOut(operationId);
    expect(ended).toMatchObject({ state: "completed", taken: 60, done: 60, failed: 0, skipped: 0 });
    expect(await audited(operationId)).toEqual(["bulk.start", "bulk.halt", "bulk.resume", "bulk.finish"]);
    await settle(await worker.claim(100), "complete");
  });

  it("halts when its jobs fail in a new way, and names the group", async () => {
    await deadJobs(40, "new-group");
    const { operationId } = await start({ action: "retry" }, { tag: "new-group" });
    await tick(operationId);
    const claimed = await worker.claim(100, { leasePerJob: true });
    await settle(claimed.slice(0, 6), "complete");
    await settle(claimed.slice(6), "fail", "ENOTFOUND");
    expect(await tick(operationId)).toMatchObject({
      state: "halted",
      halt: { kind: "new-group", fingerprint: expect.stringMatching(/.+/) },
    });
  });

  it("is not troubled by the failures of other jobs", async () => {
    await deadJobs(30, "unrelated");
    const { operationId } = await start({ action: "retry" }, { tag: "unrelated", states: ["dead"] });
    await tick(operationId);
    await settle(await worker.claim(100), "complete");
    await deadJobs(50, "somebody-else");
    const ended = await runOut(operationId);
    expect(ended).toMatchObject({ state: "completed", done: 30 });
    await settle(await worker.claim(100), "complete");
  });

  it("tells each job's history which operation it was, and writes no audit entry a job", async () => {
    const [id = ""] = await deadJobs(1, "history");
    const { operationId } = await start({ action: "retry" }, { tag: "history" });
    await runOut(operationId);
    expect(
      await test.value(
        "select because || (data->>'operationId') from signalbox.job_events where job_id = $1 and kind = 'retried'",
        [id],
      ),
    ).toEqual(["because", `part of bulk operation ${operationId}`, operationId]);
    expect(
      await test.value("select count(*)::int from signalbox.audit_entries where object_id = $1", [id]),
    ).toBe(0);
    await settle(await worker.claim(100), "complete");
  });
});

describe("the frozen set", () => {
  it("does not take in jobs that match later, and skips those that were dealt with meanwhile, with the reason", async () => {
    const ids = [];
    for (let n = 0; n < 3; n++)
      ids.push(await test.submit({ definition: "work", tags: ["frozen"], runAtMs: later() }));
    const { operationId } = await start({ action: "cancel" }, { tag: "frozen" });
    const afterwards = await test.submit({ definition: "work", tags: ["frozen"], runAtMs: later() });
    await cancelJob(engine, { jobId: ids[0] ?? "", ...by });
    expect(await runOut(operationId)).toMatchObject({ state: "completed", matched: 3, done: 2, skipped: 1 });
    expect(await placements(afterwards)).toEqual(["scheduled"]);
    expect(
      await test.value(
        "select detail from signalbox.bulk_items where operation_id = $1 and outcome = 'skipped'",
        [operationId],
      ),
    ).toBe("is cancelled");
  });

  it("is refused when it would be every job, or none, and without a reason from 10 up", async () => {
    const refusal = (path: string) => ({ code: "validation", errors: [expect.objectContaining({ path })] });
    await expect(start({ action: "retry" }, {})).rejects.toMatchObject(refusal("/filter"));
    await expect(start({ action: "retry" }, { states: [], where: [] })).rejects.toMatchObject(
      refusal("/filter"),
    );
    await expect(start({ action: "retry" }, { tag: "nobody" })).rejects.toMatchObject(refusal("/filter"));
    for (let n = 0; n < 10; n++) await test.submit({ definition: "work", tags: ["ten"], runAtMs: later() });
    await expect(start({ action: "cancel" }, { tag: "ten" }, { reason: null })).rejects.toMatchObject(
      refusal("/reason"),
    );
    await expect(start({ action: "move", queue: "nowhere" }, { tag: "ten" })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(
      await test.value(
        "select count(*)::int from signalbox.scheduled s join signalbox.jobs j using (id) where j.tags @> '{ten}'",
      ),
    ).toBe(10);
  });
});

describe("1,200 jobs", () => {
  it("are cancelled by one operation with a typed count, put back by another, moved, and given another priority", async () => {
    const many = 1_200;
    for (let n = 0; n < many / 100; n++)
      await Promise.all(
        Array.from({ length: 100 }, () =>
          test.submit({ definition: "work", tags: ["many"], runAtMs: later() }),
        ),
      );
    const filter = { tag: "many" };
    const typed = { typedCount: true };
    await expect(start({ action: "cancel" }, filter, typed)).rejects.toMatchObject({
      errors: [expect.objectContaining({ path: "/confirmed" })],
    });
    await expect(start({ action: "cancel" }, filter, { ...typed, confirmed: 900 })).rejects.toMatchObject({
      code: "conflict",
    });
    const cancel = await start({ action: "cancel" }, filter, { ...typed, confirmed: many });
    await expect(takeBackBulk(engine, { id: cancel.operationId, ...by })).rejects.toMatchObject({
      code: "invalid_state",
    });
    expect(await runOut(cancel.operationId)).toMatchObject({ state: "completed", done: many });
    const count = (table: string) =>
      test.value(
        `select count(*)::int from signalbox.${table} t join signalbox.jobs j on j.id = t.id where j.tags @> '{many}'`,
      );
    expect(await count("cancelled")).toBe(many);

    const back = await takeBackBulk(engine, { id: cancel.operationId, ...by });
    expect(await runOut(back.operationId)).toMatchObject({ state: "completed", done: many });
    expect(await count("scheduled")).toBe(many);

    const move = await start({ action: "move", queue: "other" }, filter);
    expect(await runOut(move.operationId)).toMatchObject({ done: many });
    const urgent = await start(
      { action: "reprioritise", priority: "high" },
      { ...filter, states: ["scheduled"] },
    );
    expect(await runOut(urgent.operationId)).toMatchObject({ done: many });
    expect(
      await test.value(
        `select count(*)::int from signalbox.scheduled s join signalbox.lanes l on l.id = s.lane
         join signalbox.queues q on q.id = l.queue_id where q.name = 'other' and s.class = 1`,
      ),
    ).toBe(many);
  });
});

describe("pause, resume and abort", () => {
  it("act on the next batch; what was done stays done, and an ended operation takes no more orders", async () => {
    for (let n = 0; n < 30; n++)
      await test.submit({ definition: "work", tags: ["steered"], runAtMs: later() });
    const guard = { ...defaultGuard("cancel", 30), startPerSecond: 10, maxPerSecond: 10 };
    const { operationId: id } = await start({ action: "cancel" }, { tag: "steered" }, { guard });
    expect((await tick(id)).taken).toBe(10);
    await steerBulk(engine, { id, verb: "pause", ...by });
    expect(await tick(id)).toMatchObject({ state: "paused", taken: 10 });
    await expect(steerBulk(engine, { id, verb: "pause", ...by })).rejects.toMatchObject({
      code: "invalid_state",
    });
    await steerBulk(engine, { id, verb: "resume", ...by });
    expect(await tick(id)).toMatchObject({ state: "running", taken: 20 });
    await steerBulk(engine, { id, verb: "abort", ...by });
    expect(await tick(id)).toMatchObject({ state: "aborted", taken: 20, done: 20 });
    await expect(steerBulk(engine, { id, verb: "resume", ...by })).rejects.toMatchObject({
      code: "invalid_state",
    });
    expect(await audited(id)).toEqual(["bulk.start", "bulk.pause", "bulk.resume", "bulk.abort"]);
  });
});
