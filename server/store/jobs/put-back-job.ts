import type { Queryable } from "#db/client.ts";
import type { TakenJob } from "./take-waiting-job.ts";

/** A job with the waiting state it is to have. */
export type WaitingJob = TakenJob & { state: "available" | "scheduled" | "retryable" | "held" | "pending" };

/** Put a job that was taken out back into the place its `state` names, due when it was due. */
export async function putBackJob(transaction: Queryable, jobId: string, job: WaitingJob): Promise<void> {
  const { lane, rank, attempt, failures, losses, amended, runAtMs, hold } = job;
  const common = [jobId, runAtMs, lane, attempt, rank, failures, losses, amended];
  if (job.state === "available")
    await transaction.query({
      name: "put-back-ready",
      text: `insert into signalbox.ready (id, run_at_ms, lane, attempt, class, failures, losses, amended)
        values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      values: common,
    });
  else if (job.state === "held")
    await transaction.query({
      name: "put-back-held",
      text: `insert into signalbox.held (id, run_at_ms, lane, attempt, class, failures, losses, amended, reason, reference,
          held_at_ms, until_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      values: [...common, hold?.reason ?? "held", hold?.reference, hold?.heldAtMs ?? runAtMs, hold?.untilMs],
    });
  else if (job.state === "pending")
    await transaction.query({
      name: "put-back-pending",
      text: "insert into signalbox.pending (id, lane, class, waits_for, run_at_ms) values ($1, $2, $3, $4, $5)",
      values: [jobId, lane, rank, job.waitsFor ?? 0, runAtMs],
    });
  else
    await transaction.query({
      name: "put-back-scheduled",
      text: `insert into signalbox.scheduled (id, run_at_ms, lane, attempt, class, failures, losses, amended, retry)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      values: [...common, job.state === "retryable"],
    });
}

/** Whether a taken job stood in a place it can be put back into. */
export function isWaitingJob(job: TakenJob): job is WaitingJob {
  return job.state !== "dead" && job.state !== "cancelled";
}
