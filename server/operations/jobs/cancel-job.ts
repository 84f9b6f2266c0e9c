import { SignalboxError } from "#core/error.ts";
import type { Queryable } from "#db/client.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { findEndedState } from "#server/store/jobs/find-ended-state.ts";
import type { Engine } from "../engine.ts";
import { cancelChange } from "./cancel-change.ts";
import type { JobAction } from "./job-action.ts";
import { JobWrites } from "./job-writes.ts";
import { noSuchJob, parseJobId } from "./parse-job-id.ts";

/** A job can slip from one placement to the next between two looks; it cannot do so for ever. */
const looks = 5;

/**
 * Cancel a job: a waiting one ends at once; of a running one its worker is told, and whichever settles first,
 * its completion or the cancel, stands. Throws `not_found`, or `invalid_state` when the job has already ended.
 */
export async function cancelJob(
  engine: Engine,
  action: JobAction,
): Promise<{ state: "cancelled" | "running" }> {
  const jobId = parseJobId(action.jobId);
  for (let look = 1; look <= looks; look++) {
    const outcome = await inTransaction(engine.pool, (transaction) =>
      tryCancel(transaction, engine, { ...action, jobId }),
    );
    if (outcome !== null) return outcome;
    const ended = await findEndedState(engine.pool, jobId);
    if (ended === "missing") throw noSuchJob(jobId);
    if (ended !== null)
      throw new SignalboxError("invalid_state", `job ${jobId} is ${ended} already: nothing was cancelled`);
  }
  throw new SignalboxError("conflict", `job ${jobId} kept changing state: nothing was cancelled, try again`);
}

async function tryCancel(
  transaction: Queryable,
  engine: Engine,
  action: JobAction,
): Promise<{ state: "cancelled" | "running" } | null> {
  const { jobId, reason, actor } = action;
  const writes = new JobWrites(transaction);
  const change = await cancelChange(writes, action);
  await writes.flush();
  if (change === null) return null;
  const cancelled = change.to === "cancelled";
  if (!change.asked)
    await insertAuditEntry(transaction, {
      actor,
      action: "job.cancel",
      objectKind: "job",
      objectId: jobId,
      reason,
      before: { state: change.from },
      after: cancelled ? { state: "cancelled" } : change.after,
    });
  if (cancelled) engine.meter.count("cancelled", change.lane, change.rank);
  return { state: cancelled ? "cancelled" : "running" };
}
