import { SignalboxError } from "#core/error.ts";
import type { Queryable } from "#db/client.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { findEndedState } from "#server/store/jobs/find-ended-state.ts";
import { insertJobEvent } from "#server/store/jobs/insert-job-event.ts";
import { insertCancelled } from "#server/store/jobs/insert-placement.ts";
import { takeWaitingJob } from "#server/store/jobs/take-waiting-job.ts";
import { insertCancelRequest } from "#server/store/leases/insert-cancel-request.ts";
import { lockLeaseOfJob } from "#server/store/leases/lock-leases.ts";
import type { Engine } from "../engine.ts";
import { noSuchJob, parseJobId } from "./parse-job-id.ts";

export interface JobAction {
  jobId: string;
  reason: string | null;
  /** Who asks: `token:<name>`, `operator:<name>`, `local`. */
  actor: string;
}

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
  const because = reason === null ? [] : [reason];
  const audit = { actor, action: "job.cancel", objectKind: "job", objectId: jobId, reason };
  const taken = await takeWaitingJob(transaction, jobId, ["ready", "scheduled", "held", "pending"]);
  if (taken !== null) {
    await insertCancelled(transaction, jobId, taken, actor, reason);
    await insertJobEvent(transaction, {
      jobId,
      kind: "cancelled",
      from: taken.state,
      to: "cancelled",
      actor,
      because,
    });
    await insertAuditEntry(transaction, {
      ...audit,
      before: { state: taken.state },
      after: { state: "cancelled" },
    });
    engine.meter.count("cancelled", taken.lane, taken.rank);
    return { state: "cancelled" };
  }
  const lease = await lockLeaseOfJob(transaction, jobId);
  if (lease === null || (await findEndedState(transaction, jobId)) !== null) return null;
  const asked = await insertCancelRequest(transaction, {
    jobId,
    workerId: lease.workerId,
    leaseId: lease.id,
    reason,
    actor,
  });
  if (asked) {
    await insertJobEvent(transaction, {
      jobId,
      kind: "cancel-requested",
      from: "running",
      to: "running",
      actor,
      because,
    });
    await insertAuditEntry(transaction, {
      ...audit,
      before: { state: "running" },
      after: { cancelRequested: true },
    });
  }
  return { state: "running" };
}
