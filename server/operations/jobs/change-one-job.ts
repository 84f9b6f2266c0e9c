import { SignalboxError } from "#core/error.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { findEndedState } from "#server/store/jobs/find-ended-state.ts";
import type { Engine } from "../engine.ts";
import type { JobAction } from "./job-action.ts";
import type { ChangeJob, JobChange } from "./job-change.ts";
import { JobWrites } from "./job-writes.ts";
import { noSuchJob, parseJobId } from "./parse-job-id.ts";

/**
 * Do one act to one job in a transaction of its own, with its audit entry. `allowed` says, for the refusal, which
 * jobs it can be done to. Throws `not_found`, or `invalid_state` when nothing was changed.
 */
export async function changeOneJob(
  engine: Engine,
  action: JobAction,
  how: { verb: string; allowed: string; change: ChangeJob },
): Promise<JobChange> {
  const jobId = parseJobId(action.jobId);
  const change = await inTransaction(engine.pool, async (transaction) => {
    const writes = new JobWrites(transaction);
    const told = await how.change(writes, { ...action, jobId });
    await writes.flush();
    if (told === null || "refused" in told) return told;
    const outcome = writes.isParked(jobId) ? { ...told, to: "held" as const, wake: false } : told;
    await insertAuditEntry(transaction, {
      actor: action.actor,
      action: `job.${how.verb}`,
      objectKind: "job",
      objectId: jobId,
      reason: action.reason,
      before: { state: outcome.from, ...outcome.before },
      after: { state: outcome.to, ...outcome.after },
    });
    return outcome;
  });
  if (change !== null && "refused" in change)
    throw new SignalboxError("invalid_state", `job ${jobId} ${change.refused}; nothing was changed`);
  if (change !== null) {
    if (change.wake) engine.wake.send([change.lane]);
    return change;
  }
  const ended = await findEndedState(engine.pool, jobId);
  if (ended === "missing") throw noSuchJob(jobId);
  throw new SignalboxError(
    "invalid_state",
    `job ${jobId} is ${ended ?? "waiting or running"}: ${how.allowed}; nothing was changed`,
  );
}
