import type { Queryable } from "#db/client.ts";
import { findEndedState } from "#server/store/jobs/find-ended-state.ts";
import { insertJobEvent } from "#server/store/jobs/insert-job-event.ts";
import { insertCancelled } from "#server/store/jobs/insert-placement.ts";
import { takeWaitingJob } from "#server/store/jobs/take-waiting-job.ts";
import { insertCancelRequest } from "#server/store/leases/insert-cancel-request.ts";
import { lockLeaseOfJob } from "#server/store/leases/lock-leases.ts";
import { becauseOf, eventData, type JobAction } from "./job-action.ts";
import type { JobChange } from "./job-change.ts";

/**
 * Ends a waiting job as cancelled at once, its place kept so that the cancel can be taken back; of a running job asks
 * its worker. `asked` says that its worker had been asked before, and nothing was written.
 */
export async function cancelChange(
  transaction: Queryable,
  action: JobAction,
): Promise<(JobChange & { asked?: true }) | null> {
  const { jobId, reason, actor } = action;
  const event = { jobId, actor, because: becauseOf(action), data: eventData(action) };
  const taken = await takeWaitingJob(transaction, jobId, ["scheduled", "held", "pending", "ready"]);
  if (taken !== null) {
    const { state: from, lane, rank } = taken;
    await insertCancelled(transaction, jobId, taken, actor, reason);
    await insertJobEvent(transaction, { ...event, kind: "cancelled", from, to: "cancelled" });
    return { from, to: "cancelled", lane, rank, wake: false };
  }
  const lease = await lockLeaseOfJob(transaction, jobId);
  if (lease === null || (await findEndedState(transaction, jobId)) !== null) return null;
  const { workerId, id: leaseId } = lease;
  const running = { from: "running", to: "running", lane: 0, rank: 0, wake: false } as const;
  const asked = await insertCancelRequest(transaction, { jobId, workerId, leaseId, reason, actor });
  if (!asked) return { ...running, asked: true };
  await insertJobEvent(transaction, { ...event, kind: "cancel-requested", from: "running", to: "running" });
  return { ...running, after: { cancelRequested: true } };
}
