import type { Queryable } from "#db/client.ts";
import type { TakenJob } from "./take-waiting-job.ts";

/** Put a job in line again, due now. */
export async function insertReady(transaction: Queryable, jobId: string, job: TakenJob): Promise<void> {
  await transaction.query({
    name: "insert-ready",
    text: `insert into signalbox.ready (run_at_ms, id, lane, attempt, class, failures, losses, amended)
      values (signalbox.now_ms(), $1, $2, $3, $4, $5, $6, $7)`,
    values: [jobId, job.lane, job.attempt, job.rank, job.failures, job.losses, job.amended],
  });
}

/** End a job that was waiting as cancelled; where it stood is kept, so that it can be put back there. */
export async function insertCancelled(
  transaction: Queryable,
  jobId: string,
  job: TakenJob,
  actor: string,
  reason: string | null,
): Promise<void> {
  await transaction.query({
    name: "insert-cancelled",
    text: `insert into signalbox.cancelled (id, finished_at_ms, lane, class, attempt, failures, losses, amended, actor, reason, place)
      values ($1, signalbox.now_ms(), $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [
      jobId,
      job.lane,
      job.rank,
      job.attempt,
      job.failures,
      job.losses,
      job.amended,
      actor,
      reason,
      JSON.stringify({ state: job.state, runAtMs: job.runAtMs, hold: job.hold, waitsFor: job.waitsFor }),
    ],
  });
}

/** End a job that was waiting as dead. */
export async function insertDead(
  transaction: Queryable,
  jobId: string,
  job: TakenJob,
  failureClass: string,
  reason: string,
): Promise<void> {
  await transaction.query({
    text: `insert into signalbox.dead (id, finished_at_ms, lane, class, attempt, failures, losses, amended, failure_class, reason)
      values ($1, signalbox.now_ms(), $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [
      jobId,
      job.lane,
      job.rank,
      job.attempt,
      job.failures,
      job.losses,
      job.amended,
      failureClass,
      reason,
    ],
  });
}
