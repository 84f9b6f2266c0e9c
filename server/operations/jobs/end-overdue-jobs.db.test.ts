import { describe, expect, it } from "vitest";
import type { ClaimedAttempt } from "../attempts/claim-attempts.ts";
import { completeAttempts } from "../attempts/complete-attempts.ts";
import { endAttempts } from "../attempts/end-attempts.ts";
import { type TestWorker, testEngine } from "../testing/test-engine.ts";
import { endOverdueJobs } from "./end-overdue-jobs.ts";
import { promoteDueJobs } from "./promote-due-jobs.ts";

const test = await testEngine();
const { engine } = test;
await test.define("limited", {
  timeouts: { totalMs: 60_000 },
  retryPolicy: { law: { kind: "constant", delayMs: 1 }, jitter: "none", maxAttempts: 5 },
});

const pass = (id: string) =>
  test.value("update signalbox.deadlines set deadline_ms = 1 where job_id = $1", [id]);
const places = (id: string) =>
  test.value(
    `select array_remove(array[
      (select 'ready' from signalbox.ready where id = $1), (select 'scheduled' from signalbox.scheduled where id = $1),
      (select 'dead' from signalbox.dead where id = $1), (select 'completed' from signalbox.completed where id = $1),
      (select 'leased' from signalbox.leases where $1 = any(ids) and $1 <> all(fenced))], null)`,
    [id],
  );
const claimed = async (): Promise<{ worker: TestWorker; job: ClaimedAttempt }> => {
  await test.submit({ definition: "limited" });
  const worker = await test.worker();
  const [job] = (await worker.claim()) as [ClaimedAttempt];
  return { worker, job };
};
const completion = (job: ClaimedAttempt) => ({
  leaseId: job.leaseId,
  jobId: job.id,
  attempt: job.attempt,
  startedAtMs: 1,
  finishedAtMs: 2,
  output: null,
  lane: job.lane,
  rank: job.rank,
});

describe("the limit of a whole job", () => {
  it("ends a waiting job dead, due or not yet, with the reason and an event", async () => {
    const due = await test.submit({ definition: "limited" });
    const later = await test.submit({ definition: "limited", runAtMs: engine.clock.nowMs() + 99_999 });
    const inTime = await test.submit({ definition: "limited" });
    await pass(due);
    await pass(later);
    expect(await endOverdueJobs(engine, 100)).toBe(2);
    for (const id of [due, later]) {
      expect(await places(id)).toEqual(["dead"]);
      expect(await test.value("select reason from signalbox.dead where id = $1", [id])).toContain("totalMs");
      expect(await test.value("select kind from signalbox.job_events where job_id = $1", [id])).toBe("dead");
    }
    expect(await places(inTime)).toEqual(["ready"]);
    await test.value("delete from signalbox.ready where id = $1", [inTime]);
  });

  it("takes a running job from its worker, whose late completion and failure are refused", async () => {
    const { worker, job } = await claimed();
    await pass(job.id);
    expect(await endOverdueJobs(engine, 100)).toBe(1);
    expect(await places(job.id)).toEqual(["dead"]);
    expect(await completeAttempts(engine, worker.id, [completion(job)], [job.leaseId])).toEqual(new Set());
    const failed = {
      leaseId: job.leaseId,
      jobId: job.id,
      attempt: 1,
      workerId: worker.id,
      startedAtMs: 1,
      finishedAtMs: 2,
      outcome: "failed" as const,
      failure: { name: "E", message: "late" },
    };
    expect(await endAttempts(engine, worker.id, [failed], [job.leaseId])).toEqual(new Set());
    expect(await places(job.id)).toEqual(["dead"]);
    expect(await test.value("select outcome from signalbox.attempts where job_id = $1", [job.id])).toBe(
      "timed-out",
    );
  });

  it("leaves the other jobs of a shared lease running", async () => {
    await test.submit({ definition: "limited" });
    await test.submit({ definition: "limited" });
    const worker = await test.worker();
    const [late, fine] = (await worker.claim(2)) as [ClaimedAttempt, ClaimedAttempt];
    await pass(late.id);
    await endOverdueJobs(engine, 100);
    expect(
      await completeAttempts(engine, worker.id, [completion(late), completion(fine)], [fine.leaseId]),
    ).toEqual(new Set([fine.id]));
    expect([await places(late.id), await places(fine.id)]).toEqual([["dead"], ["completed"]]);
  });

  it("of a completed job is only cleared away, and counts, so that a full batch is followed by the next", async () => {
    const { worker, job } = await claimed();
    await completeAttempts(engine, worker.id, [completion(job)], [job.leaseId]);
    await pass(job.id);
    expect(await endOverdueJobs(engine, 100)).toBe(1);
    expect(await places(job.id)).toEqual(["completed"]);
    expect(
      await test.value("select count(*)::int from signalbox.deadlines where job_id = $1", [job.id]),
    ).toBe(0);
  });

  it("is kept whatever a job is doing at that moment: claimed, failing, promoted or completing, it ends in one place", async () => {
    for (let round = 0; round < 40; round++) {
      const act = round % 4;
      const { worker, job } =
        act === 0
          ? {
              worker: await test.worker(),
              job: { id: await test.submit({ definition: "limited" }) } as ClaimedAttempt,
            }
          : await claimed();
      const failed = {
        leaseId: job.leaseId,
        jobId: job.id,
        attempt: job.attempt,
        workerId: worker.id,
        startedAtMs: 1,
        finishedAtMs: 2,
        outcome: "failed" as const,
        failure: { name: "E", message: "x", code: "ECONNRESET" },
      };
      if (act === 2) await endAttempts(engine, worker.id, [failed], [job.leaseId]);
      await pass(job.id);
      const meanwhile = [
        () => worker.claim(),
        () => endAttempts(engine, worker.id, [failed], [job.leaseId]),
        () => promoteDueJobs(engine, 10),
        () => completeAttempts(engine, worker.id, [completion(job)], [job.leaseId]),
      ][act] as () => Promise<unknown>;
      await Promise.all([endOverdueJobs(engine, 100), meanwhile()]);
      expect([["dead"], ["completed"]]).toContainEqual(await places(job.id));
      if (act !== 3) expect(await places(job.id)).toEqual(["dead"]);
    }
  });
});
