import type { Queryable } from "#db/client.ts";
import type { TakenJob } from "./take-waiting-job.ts";

/** A waiting job that is cancelled. */
export interface CancelledJob {
  jobId: string;
  job: TakenJob;
  actor: string;
  reason: string | null;
}

/** End jobs that were waiting as cancelled; where each stood is kept, so that it can be put back there. */
export async function insertCancelled(
  transaction: Queryable,
  cancelled: readonly CancelledJob[],
): Promise<void> {
  const jobs = cancelled.map(({ job }) => job);
  await transaction.query({
    name: "insert-cancelled",
    text: `insert into signalbox.cancelled (finished_at_ms, id, lane, class, attempt, failures, losses, amended, actor, reason, place)
      select signalbox.now_ms(), * from unnest($1::bigint[], $2::int[], $3::smallint[], $4::int[], $5::smallint[], $6::smallint[],
        $7::bool[], $8::text[], $9::text[], $10::jsonb[])`,
    values: [
      cancelled.map(({ jobId }) => jobId),
      jobs.map(({ lane }) => lane),
      jobs.map(({ rank }) => rank),
      jobs.map(({ attempt }) => attempt),
      jobs.map(({ failures }) => failures),
      jobs.map(({ losses }) => losses),
      jobs.map(({ amended }) => amended),
      cancelled.map(({ actor }) => actor),
      cancelled.map(({ reason }) => reason),
      jobs.map(({ state, runAtMs, hold, waitsFor }) => JSON.stringify({ state, runAtMs, hold, waitsFor })),
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
