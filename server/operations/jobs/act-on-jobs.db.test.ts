import { describe, expect, it } from "vitest";
import type { ClaimedAttempt } from "../attempts/claim-attempts.ts";
import { completeAttempts } from "../attempts/complete-attempts.ts";
import { endAttempts } from "../attempts/end-attempts.ts";
import { reapLeases } from "../leases/reap-leases.ts";
import { attemptKit } from "../testing/attempt-kit.ts";
import { testEngine } from "../testing/test-engine.ts";
import { cancelJob } from "./cancel-job.ts";
import { retryJob } from "./retry-job.ts";

const test = await testEngine();
const { engine } = test;
const { completion, failure, claimed, expire, placements } = attemptKit(test);
await test.define("work", {
  retryPolicy: { law: { kind: "constant", delayMs: 60_000 }, jitter: "none", maxAttempts: 3 },
});

describe("cancelling", () => {
  it("ends a waiting job at once, with event and audit entry", async () => {
    const id = await test.submit({ definition: "work" });
    expect(await cancelJob(engine, { jobId: id, reason: "not needed", actor: "operator:ada" })).toEqual({
      state: "cancelled",
    });
    expect(await placements(id)).toEqual(["cancelled"]);
    expect(await test.value("select kind from signalbox.job_events where job_id = $1", [id])).toBe(
      "cancelled",
    );
    expect(await test.value("select reason from signalbox.audit_entries where object_id = $1", [id])).toBe(
      "not needed",
    );
    await expect(cancelJob(engine, { jobId: id, reason: null, actor: "x" })).rejects.toMatchObject({
      code: "invalid_state",
    });
  });

  it("tells the worker of a running job, whose failure then ends it cancelled", async () => {
    const { worker, job } = await claimed("work");
    expect(await cancelJob(engine, { jobId: job.id, reason: "stop", actor: "operator:ada" })).toEqual({
      state: "running",
    });
    await endAttempts(engine, worker.id, [failure(worker, job)], [job.leaseId]);
    expect(await placements(job.id)).toEqual(["cancelled"]);
    expect(
      await test.value("select count(*)::int from signalbox.cancel_requests where job_id = $1", [job.id]),
    ).toBe(0);
  });

  it("lets a completion that comes first stand", async () => {
    const { worker, job } = await claimed("work");
    await cancelJob(engine, { jobId: job.id, reason: null, actor: "operator:ada" });
    expect(await completeAttempts(engine, worker.id, [completion(job)], [job.leaseId])).toBe("all");
    expect(await placements(job.id)).toEqual(["completed"]);
  });

  it("of a lost job ends it cancelled when its lease runs out", async () => {
    const { job } = await claimed("work");
    await cancelJob(engine, { jobId: job.id, reason: null, actor: "operator:ada" });
    await expire(job);
    await reapLeases(engine, 50);
    expect(await placements(job.id)).toEqual(["cancelled"]);
  });

  it("racing 30 claims never leaves a job in two places, and never starts a cancelled one", async () => {
    for (let round = 0; round < 30; round++) {
      const id = await test.submit({ definition: "work" });
      const worker = await test.worker();
      const [outcome, jobs] = await Promise.all([
        cancelJob(engine, { jobId: id, reason: null, actor: "x" }),
        worker.claim(5),
      ]);
      expect(await placements(id)).toEqual([outcome.state === "cancelled" ? "cancelled" : "leased"]);
      expect(jobs.map((job) => job.id)).toEqual(outcome.state === "cancelled" ? [] : [id]);
      if (jobs[0]) await completeAttempts(engine, worker.id, [completion(jobs[0])], [jobs[0].leaseId]);
    }
  });

  it("of a job that never was says so", async () => {
    await expect(cancelJob(engine, { jobId: "12345", reason: null, actor: "x" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(cancelJob(engine, { jobId: "no-id", reason: null, actor: "x" })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("retrying by hand", () => {
  it("puts a dead job in line with its failures forgotten, its attempt numbers going on and the new payload", async () => {
    const { worker, job } = await claimed("work");
    await endAttempts(
      engine,
      worker.id,
      [{ ...failure(worker, job), failure: { name: "TypeError", message: "boom" } }],
      [job.leaseId],
    );
    await retryJob(engine, {
      jobId: job.id,
      reason: "fixed",
      actor: "operator:ada",
      payload: { mended: true },
    });
    const [again] = (await worker.claim()) as [ClaimedAttempt];
    expect(again).toMatchObject({
      id: job.id,
      attempt: 2,
      failures: 0,
      losses: 0,
      payload: '{"mended":true}',
    });
    await endAttempts(engine, worker.id, [failure(worker, again)], [again.leaseId]);
    expect(await test.value("select failures::int from signalbox.scheduled where id = $1", [job.id])).toBe(1);
    expect(await test.value("select payload::text from signalbox.jobs where id = $1", [job.id])).toBe("null");
  });

  it("twice at once makes one new run", async () => {
    const { worker, job } = await claimed("work");
    await endAttempts(
      engine,
      worker.id,
      [{ ...failure(worker, job), failure: { name: "TypeError", message: "boom" } }],
      [job.leaseId],
    );
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, () =>
        retryJob(engine, { jobId: job.id, reason: null, actor: "operator:ada" }),
      ),
    );
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(await test.value("select count(*)::int from signalbox.ready where id = $1", [job.id])).toBe(1);
    expect(
      await test.value(
        "select count(*)::int from signalbox.audit_entries where object_id = $1 and action = 'job.retry'",
        [job.id],
      ),
    ).toBe(1);
  });

  it("of a running or completed job is refused and changes nothing", async () => {
    const { job } = await claimed("work");
    await expect(retryJob(engine, { jobId: job.id, reason: null, actor: "x" })).rejects.toMatchObject({
      code: "invalid_state",
    });
    expect(await placements(job.id)).toEqual(["leased"]);
  });
});
