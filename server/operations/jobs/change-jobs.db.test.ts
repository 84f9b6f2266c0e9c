import { describe, expect, it } from "vitest";
import { rebuildJob } from "#core/job/rebuild-job.ts";
import { findJob } from "#server/store/jobs/find-job.ts";
import { endAttempts } from "../attempts/end-attempts.ts";
import { attemptKit } from "../testing/attempt-kit.ts";
import { testEngine } from "../testing/test-engine.ts";
import { cancelJob } from "./cancel-job.ts";
import { discardJob } from "./discard-job.ts";
import { moveJob } from "./move-job.ts";
import { reprioritiseJob } from "./reprioritise-job.ts";
import { restoreJob } from "./restore-job.ts";
import { retryJob } from "./retry-job.ts";

const test = await testEngine();
const { engine } = test;
const { failure, claimed, placements } = attemptKit(test);
await test.define("work", {
  retryPolicy: { law: { kind: "constant", delayMs: 60_000 }, jitter: "none", maxAttempts: 3 },
});
await test.define("elsewhere", { queue: "other" });

const by = (jobId: string) => ({ jobId, reason: "because", actor: "operator:ada" });
const refusal = { code: "invalid_state", message: expect.stringContaining("nothing was changed") };
const later = () => engine.clock.nowMs() + 3_600_000;
const job = async (id: string) => {
  const detail = await findJob(engine.pool, id, engine.catalog.current.priority);
  if (!detail) throw new Error(`no job ${id}`);
  // The events tell the same story as the row.
  expect(rebuildJob(detail.events).state).toBe(detail.job.state);
  return detail.job;
};
const audited = (id: string) =>
  test.value(
    "select array_agg(action order by id) from signalbox.audit_entries where object_kind = 'job' and object_id = $1",
    [id],
  );
async function deadJob(): Promise<string> {
  const { worker, job } = await claimed("work");
  const failed = { ...failure(worker, job), failure: { name: "TypeError", message: "boom" } };
  await endAttempts(engine, worker.id, [failed], [job.leaseId]);
  expect(await placements(job.id)).toEqual(["dead"]);
  return job.id;
}

describe("another priority", () => {
  it("is given to an available and to a scheduled job, which keep their due time", async () => {
    for (const runAtMs of [undefined, later()]) {
      const id = await test.submit({ definition: "work", runAtMs });
      const before = await job(id);
      await reprioritiseJob(engine, { ...by(id), priority: "critical" });
      const after = await job(id);
      expect(after).toMatchObject({ rank: 0, state: before.state });
      expect(Math.abs(after.runAtMs - before.runAtMs)).toBeLessThan(1_000);
      expect(await audited(id)).toEqual(["job.reprioritise"]);
      await cancelJob(engine, by(id));
    }
  });

  it("puts the job before others of its lane at the next claim, and stays through a retry", async () => {
    const [first, second] = [
      await test.submit({ definition: "work" }),
      await test.submit({ definition: "work" }),
    ];
    await reprioritiseJob(engine, { ...by(second), priority: "critical" });
    const worker = await test.worker();
    const [urgent] = await worker.claim(1);
    expect(urgent).toMatchObject({ id: second, rank: 0 });
    if (urgent) await endAttempts(engine, worker.id, [failure(worker, urgent)], [urgent.leaseId]);
    await retryJob(engine, by(second));
    expect((await worker.claim(1))[0]).toMatchObject({ id: second, rank: 0, attempt: 2 });
    await cancelJob(engine, by(first));
  });

  it("is refused to a job that runs, that has ended or that has it already", async () => {
    const { job: running } = await claimed("work");
    for (const id of [running.id, await deadJob()])
      await expect(reprioritiseJob(engine, { ...by(id), priority: "high" })).rejects.toMatchObject(refusal);
    const id = await test.submit({ definition: "work" });
    await expect(reprioritiseJob(engine, { ...by(id), priority: "normal" })).rejects.toMatchObject(refusal);
    expect(await placements(id)).toEqual(["ready"]);
    expect(await audited(id)).toBeNull();
    await cancelJob(engine, by(id));
  });
});

describe("moving", () => {
  it("puts waiting and dead jobs into another queue, whose lane is made when it is missing", async () => {
    const waiting = await test.submit({ definition: "work", runAtMs: later() });
    const dead = await deadJob();
    for (const id of [waiting, dead]) {
      const { state } = await job(id);
      await moveJob(engine, { ...by(id), queue: "other" });
      expect(await job(id)).toMatchObject({ queue: "other", definition: "work", state });
      await expect(moveJob(engine, { ...by(id), queue: "other" })).rejects.toMatchObject(refusal);
    }
    await retryJob(engine, by(dead));
    const worker = await test.worker();
    const [again] = await worker.claim(5);
    expect(again).toMatchObject({ id: dead, attempt: 2 });
    expect((await job(dead)).queue).toBe("other");
  });

  it("to a queue that is not there is refused, and a running job stays", async () => {
    const { job: running } = await claimed("work");
    await expect(moveJob(engine, { ...by(running.id), queue: "nowhere" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(moveJob(engine, { ...by(running.id), queue: "other" })).rejects.toMatchObject(refusal);
    expect(await placements(running.id)).toEqual(["leased"]);
  });
});

describe("discarding", () => {
  it("takes a dead job out of the dead letter, keeps it in history, and is taken back", async () => {
    const id = await deadJob();
    await discardJob(engine, by(id));
    expect((await job(id)).discardedAtMs).not.toBeNull();
    await expect(discardJob(engine, by(id))).rejects.toMatchObject(refusal);
    await restoreJob(engine, by(id));
    expect(await job(id)).toMatchObject({ state: "dead", discardedAtMs: null });
    expect(await audited(id)).toEqual(["job.discard", "job.restore"]);
  });

  it("is for dead jobs only", async () => {
    const id = await test.submit({ definition: "work", runAtMs: later() });
    await expect(discardJob(engine, by(id))).rejects.toMatchObject(refusal);
    expect(await placements(id)).toEqual(["scheduled"]);
  });
});

describe("taking a cancel back", () => {
  it("returns the job to the place, the class and the due time it had", async () => {
    const { worker, job: failing } = await claimed("work");
    await endAttempts(engine, worker.id, [failure(worker, failing)], [failing.leaseId]);
    const ids = [
      failing.id,
      await test.submit({ definition: "work", runAtMs: later(), priority: "bulk" }),
      await test.submit({ definition: "work" }),
    ];
    for (const id of ids) {
      const before = await job(id);
      await cancelJob(engine, by(id));
      expect(await placements(id)).toEqual(["cancelled"]);
      await restoreJob(engine, by(id));
      const after = await job(id);
      expect({ ...after, runAtMs: 0 }).toEqual({ ...before, runAtMs: 0 });
      expect(Math.abs(after.runAtMs - before.runAtMs)).toBeLessThan(1_000);
    }
  });

  it("is refused after the recall window, for a job that was running, and for one that is not cancelled", async () => {
    const late = await test.submit({ definition: "work", runAtMs: later() });
    await cancelJob(engine, by(late));
    await test.value(
      "update signalbox.cancelled set finished_at_ms = finished_at_ms - 600001 where id = $1",
      [late],
    );
    const { worker, job: running } = await claimed("work");
    await cancelJob(engine, by(running.id));
    await endAttempts(engine, worker.id, [failure(worker, running)], [running.leaseId]);
    const { job: done } = await claimed("work");
    await expect(restoreJob(engine, by(late))).rejects.toMatchObject({
      message: expect.stringContaining("more than 10 min ago"),
    });
    for (const id of [running.id, done.id])
      await expect(restoreJob(engine, by(id))).rejects.toMatchObject(refusal);
    expect(await placements(running.id)).toEqual(["cancelled"]);
  });

  it("several times at once puts one job back", async () => {
    const id = await test.submit({ definition: "work", runAtMs: later() });
    await cancelJob(engine, by(id));
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => restoreJob(engine, by(id))));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await placements(id)).toEqual(["scheduled"]);
  });
});
