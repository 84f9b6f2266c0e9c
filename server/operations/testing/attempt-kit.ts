import type { ClaimedAttempt } from "../attempts/claim-attempts.ts";
import type { CompletedRun } from "../attempts/complete-attempts.ts";
import type { EndedAttempt } from "../attempts/decide-settlement.ts";
import type { TestEngine, TestWorker } from "./test-engine.ts";

/** Short names for what tests of attempts do over and over. */
export interface AttemptKit {
  /** A completion of a claimed job, with an output. */
  completion(job: ClaimedAttempt): CompletedRun;
  /** A failed run of it; a reset connection unless another error code is given. */
  failure(worker: TestWorker, job: ClaimedAttempt, code?: string): EndedAttempt;
  /** Submit a job of the definition and claim it with a new worker. */
  claimed(definition: string): Promise<{ worker: TestWorker; job: ClaimedAttempt }>;
  /** Let the lease of a claimed job run out. */
  expire(job: ClaimedAttempt): Promise<unknown>;
  /** Every placement the job stands in; exactly one when all is well. */
  placements(jobId: string): Promise<unknown>;
}

/** The kit of a test engine, whose definitions the test file has registered. */
export function attemptKit(test: TestEngine): AttemptKit {
  const { engine } = test;
  return {
    completion: (job) => ({
      leaseId: job.leaseId,
      jobId: job.id,
      attempt: job.attempt,
      startedAtMs: 1,
      finishedAtMs: 2,
      output: '{"ok":true}',
      lane: job.lane,
      rank: job.rank,
    }),
    failure: (worker, job, code = "ECONNRESET") => ({
      leaseId: job.leaseId,
      jobId: job.id,
      attempt: job.attempt,
      workerId: worker.id,
      startedAtMs: engine.clock.nowMs(),
      finishedAtMs: engine.clock.nowMs(),
      outcome: "failed",
      failure: { name: "Error", message: `connect ${code}`, code },
    }),
    claimed: async (definition) => {
      await test.submit({ definition });
      const worker = await test.worker();
      const [job] = await worker.claim();
      if (!job) throw new Error("nothing was claimed");
      return { worker, job };
    },
    expire: (job) => test.value("update signalbox.leases set until_ms = 0 where id = $1", [job.leaseId]),
    placements: (jobId) =>
      test.value(
        `select array_remove(array[
          case when exists (select from signalbox.ready where id = $1) then 'ready' end,
          case when exists (select from signalbox.scheduled where id = $1) then 'scheduled' end,
          case when exists (select from signalbox.dead where id = $1) then 'dead' end,
          case when exists (select from signalbox.cancelled where id = $1) then 'cancelled' end,
          case when exists (select from signalbox.completed where id = $1) then 'completed' end,
          case when exists (select from signalbox.leases where $1 = any(ids) and $1 <> all(fenced)) then 'leased' end], null)`,
        [jobId],
      ),
  };
}
