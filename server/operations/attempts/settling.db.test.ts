import { describe, expect, it } from "vitest";
import { cancelJob } from "../jobs/cancel-job.ts";
import { retryJob } from "../jobs/retry-job.ts";
import { reapLeases } from "../leases/reap-leases.ts";
import { type TestWorker, testEngine } from "../testing/test-engine.ts";
import type { ClaimedAttempt } from "./claim-attempts.ts";
import { completeAttempts } from "./complete-attempts.ts";
import type { EndedAttempt } from "./decide-settlement.ts";
import { endAttempts } from "./end-attempts.ts";
import { releaseAttempts } from "./release-attempts.ts";

const test = await testEngine();
const { engine } = test;
await test.define("work", {
  retryPolicy: { law: { kind: "constant", delayMs: 60_000 }, jitter: "none", maxAttempts: 3 },
});
await test.define("once", { guarantee: "at-most-once" });
await test.define("quick-limit", { timeouts: { attemptMs: 10 } });

const completion = (job: ClaimedAttempt) => ({
  leaseId: job.leaseId,
  jobId: job.id,
  attempt: job.attempt,
  startedAtMs: 1,
  finishedAtMs: 2,
  output: '{"ok":true}',
  lane: job.lane,
  rank: job.rank,
});
const failure = (worker: TestWorker, job: ClaimedAttempt, error = "ECONNRESET"): EndedAttempt => ({
  leaseId: job.leaseId,
  jobId: job.id,
  attempt: job.attempt,
  workerId: worker.id,
  startedAtMs: engine.clock.nowMs(),
  finishedAtMs: engine.clock.nowMs(),
  outcome: "failed",
  failure: { name: "Error", message: `connect ${error}`, code: error },
});
const claimed = async (definition: string): Promise<{ worker: TestWorker; job: ClaimedAttempt }> => {
  await test.submit({ definition });
  const worker = await test.worker();
  const [job] = await worker.claim();
  if (!job) throw new Error("nothing was claimed");
  return { worker, job };
};
const expire = (job: ClaimedAttempt) =>
  test.value("update signalbox.leases set until_ms = 0 where id = $1", [job.leaseId]);
const placements = async (id: string) =>
  test.value(
    `select array_remove(array[
      case when exists (select from signalbox.ready where id = $1) then 'ready' end,
      case when exists (select from signalbox.scheduled where id = $1) then 'scheduled' end,
      case when exists (select from signalbox.dead where id = $1) then 'dead' end,
      case when exists (select from signalbox.cancelled where id = $1) then 'cancelled' end,
      case when exists (select from signalbox.completed where id = $1) then 'completed' end,
      case when exists (select from signalbox.leases where $1 = any(ids) and $1 <> all(fenced)) then 'leased' end], null)`,
    [id],
  );

describe("completing", () => {
  it("writes one completion and drops the lease with the last of its jobs", async () => {
    const { worker, job } = await claimed("work");
    expect(await completeAttempts(engine, worker.id, [completion(job)], [job.leaseId])).toBe("all");
    expect(await placements(job.id)).toEqual(["completed"]);
  });

  it("is accepted again from the same worker, so a lost answer can be asked for again", async () => {
    const { worker, job } = await claimed("work");
    await completeAttempts(engine, worker.id, [completion(job)], []);
    expect(await completeAttempts(engine, worker.id, [completion(job)], [job.leaseId])).toEqual(
      new Set([job.id]),
    );
    expect(await test.value("select count(*)::int from signalbox.completed where id = $1", [job.id])).toBe(1);
  });

  it("is refused once the lease was reaped, and the job stands in line again", async () => {
    const { worker, job } = await claimed("work");
    await expire(job);
    expect(await reapLeases(engine, 50)).toBe(1);
    expect(await completeAttempts(engine, worker.id, [completion(job)], [job.leaseId])).toEqual(new Set());
    expect(await placements(job.id)).toEqual(["ready"]);
    const [again] = await worker.claim();
    expect(again).toMatchObject({ id: job.id, attempt: 2, failures: 0, losses: 1 });
    await completeAttempts(engine, worker.id, [completion(again as ClaimedAttempt)], [again?.leaseId ?? ""]);
  });

  it("is accepted after the lease ran out when nobody took the job away meanwhile", async () => {
    const { worker, job } = await claimed("work");
    await expire(job);
    expect(await completeAttempts(engine, worker.id, [completion(job)], [job.leaseId])).toBe("all");
    expect(await reapLeases(engine, 50)).toBe(0);
  });

  it("is refused for another worker's lease", async () => {
    const { job } = await claimed("work");
    const stranger = await test.worker();
    expect(await completeAttempts(engine, stranger.id, [completion(job)], [])).toEqual(new Set());
    expect(await placements(job.id)).toEqual(["leased"]);
  });

  it("is refused of an attempt that has failed while its lease stands for others", async () => {
    await test.submit({ definition: "work" });
    await test.submit({ definition: "work" });
    const worker = await test.worker();
    const [first, second] = (await worker.claim(2)) as [ClaimedAttempt, ClaimedAttempt];
    expect(first.leaseId).toBe(second.leaseId);
    expect(await endAttempts(engine, worker.id, [failure(worker, first)], [])).toEqual(new Set([first.id]));
    expect(
      await completeAttempts(engine, worker.id, [completion(first), completion(second)], [second.leaseId]),
    ).toEqual(new Set([second.id]));
    expect(await placements(first.id)).toEqual(["scheduled"]);
    expect(await placements(second.id)).toEqual(["completed"]);
  });
});

describe("a reap and a completion of one attempt, racing", () => {
  it("leave each of 40 jobs in exactly one place, whoever wins", async () => {
    for (let round = 0; round < 40; round++) {
      const { worker, job } = await claimed("work");
      await expire(job);
      const [accepted, reaped] = await Promise.all([
        completeAttempts(engine, worker.id, [completion(job)], [job.leaseId]),
        reapLeases(engine, 50),
      ]);
      const completed = accepted === "all";
      expect(reaped).toBe(completed ? 0 : 1);
      expect(await placements(job.id)).toEqual([completed ? "completed" : "ready"]);
      if (!completed) {
        const [again] = (await worker.claim()) as [ClaimedAttempt];
        await completeAttempts(engine, worker.id, [completion(again)], [again.leaseId]);
      }
    }
  });
});

describe("failing", () => {
  it("schedules a retry with the class, the delay and the reasons on the attempt", async () => {
    const { worker, job } = await claimed("work");
    await endAttempts(engine, worker.id, [failure(worker, job)], [job.leaseId]);
    expect(await placements(job.id)).toEqual(["scheduled"]);
    const decision = JSON.parse(
      (await test.value("select decision::text from signalbox.attempts where job_id = $1", [
        job.id,
      ])) as string,
    );
    expect(decision).toMatchObject({ kind: "retry", delayMs: 60_000 });
    expect(decision.because.length).toBeGreaterThan(0);
    expect(await test.value("select failure_class from signalbox.attempts where job_id = $1", [job.id])).toBe(
      "transient",
    );
  });

  it("sends the job to the dead letter when its attempts are used up", async () => {
    const { worker, job } = await claimed("work");
    let current = job;
    for (let attempt = 1; attempt <= 3; attempt++) {
      await endAttempts(engine, worker.id, [failure(worker, current)], [current.leaseId]);
      if (attempt === 3) break;
      await test.value("update signalbox.scheduled set run_at_ms = 0 where id = $1", [job.id]);
      await test.value(
        `with gone as (delete from signalbox.scheduled where id = $1 returning *)
        insert into signalbox.ready select run_at_ms, id, lane, attempt, class, failures, losses, amended from gone`,
        [job.id],
      );
      [current] = (await worker.claim()) as [ClaimedAttempt];
      expect(current).toMatchObject({ id: job.id, attempt: attempt + 1, failures: attempt });
    }
    expect(await placements(job.id)).toEqual(["dead"]);
    expect(await test.value("select reason from signalbox.dead where id = $1", [job.id])).toContain("3 of 3");
  });

  it("kills at once what cannot succeed by trying again", async () => {
    const { worker, job } = await claimed("work");
    const bug = {
      ...failure(worker, job),
      failure: { name: "TypeError", message: "x.map is not a function" },
    };
    await endAttempts(engine, worker.id, [bug], [job.leaseId]);
    expect(await placements(job.id)).toEqual(["dead"]);
    expect(await test.value("select failure_class from signalbox.dead where id = $1", [job.id])).toBe("bug");
  });

  it("cuts secrets out of the stored error", async () => {
    const { worker, job } = await claimed("work");
    const leaky = {
      ...failure(worker, job),
      failure: { name: "Error", message: "GET failed, Authorization: Bearer abcdef0123456789abcdef" },
    };
    await endAttempts(engine, worker.id, [leaky], [job.leaseId]);
    expect(
      await test.value("select error::text from signalbox.attempts where job_id = $1", [job.id]),
    ).not.toContain("abcdef0123456789");
  });
});

describe("losing a worker", () => {
  it("makes poison of the third loss", async () => {
    const { worker, job } = await claimed("work");
    let current = job;
    for (let loss = 1; loss <= 3; loss++) {
      await expire(current);
      await reapLeases(engine, 50);
      if (loss < 3) [current] = (await worker.claim()) as [ClaimedAttempt];
    }
    expect(await placements(job.id)).toEqual(["dead"]);
    expect(await test.value("select failure_class from signalbox.dead where id = $1", [job.id])).toBe(
      "poison",
    );
  });

  it("ends an at-most-once job as dead instead of running it twice", async () => {
    const { job } = await claimed("once");
    await expire(job);
    await reapLeases(engine, 50);
    expect(await placements(job.id)).toEqual(["dead"]);
  });

  it("takes back only what is still open of a batch", async () => {
    for (let index = 0; index < 4; index++) await test.submit({ definition: "work" });
    const worker = await test.worker();
    const jobs = await worker.claim(4);
    const [done, failed, open, alsoOpen] = jobs as [
      ClaimedAttempt,
      ClaimedAttempt,
      ClaimedAttempt,
      ClaimedAttempt,
    ];
    await completeAttempts(engine, worker.id, [completion(done)], []);
    await endAttempts(engine, worker.id, [failure(worker, failed)], []);
    await expire(done);
    expect(await reapLeases(engine, 50)).toBe(2);
    expect(await placements(done.id)).toEqual(["completed"]);
    expect(await placements(failed.id)).toEqual(["scheduled"]);
    expect(await placements(open.id)).toEqual(["ready"]);
    const again = await worker.claim(2);
    expect(again.map((job) => job.id).sort()).toEqual([open.id, alsoOpen.id].sort());
    await completeAttempts(engine, worker.id, again.map(completion), [again[0]?.leaseId ?? ""]);
  });
});

describe("the server's limit of one attempt", () => {
  it("ends an attempt under a lease of its own as timed out", async () => {
    await test.submit({ definition: "quick-limit" });
    const worker = await test.worker();
    const [job] = (await worker.claim(1, { leasePerJob: true })) as [ClaimedAttempt];
    await test.value("update signalbox.leases set deadline_ms = 1 where id = $1", [job.leaseId]);
    expect(await reapLeases(engine, 50)).toBe(1);
    expect(await test.value("select outcome from signalbox.attempts where job_id = $1", [job.id])).toBe(
      "timed-out",
    );
    expect(await completeAttempts(engine, worker.id, [completion(job)], [])).toEqual(new Set());
  });
});

describe("handing back", () => {
  it("puts an unstarted job where it stood, with no attempt used and none shown", async () => {
    const { worker, job } = await claimed("work");
    expect(await releaseAttempts(engine, worker.id, [job], [job.leaseId])).toEqual(new Set([job.id]));
    expect(await test.value("select run_at_ms::float8 from signalbox.ready where id = $1", [job.id])).toBe(
      job.runAtMs,
    );
    expect(await test.value("select count(*)::int from signalbox.attempts where job_id = $1", [job.id])).toBe(
      0,
    );
    const [again] = (await worker.claim()) as [ClaimedAttempt];
    expect(again).toMatchObject({ id: job.id, attempt: 1 });
    await completeAttempts(engine, worker.id, [completion(again)], [again.leaseId]);
  });

  it("of a started attempt leaves its trace and counts no failure", async () => {
    const { worker, job } = await claimed("work");
    const released = {
      ...failure(worker, job),
      outcome: "released" as const,
      failure: null,
      runAtMs: job.runAtMs,
    };
    await endAttempts(engine, worker.id, [released], [job.leaseId]);
    const [again] = (await worker.claim()) as [ClaimedAttempt];
    expect(again).toMatchObject({ id: job.id, attempt: 2, failures: 0, runAtMs: job.runAtMs });
    await completeAttempts(engine, worker.id, [completion(again)], [again.leaseId]);
  });
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
