import { findEndedState } from "#server/store/jobs/find-ended-state.ts";
import { insertCancelRequest } from "#server/store/leases/insert-cancel-request.ts";
import { lockLeaseOfJob } from "#server/store/leases/lock-leases.ts";
import { becauseOf, eventData, type JobAction } from "./job-action.ts";
import type { JobChange } from "./job-change.ts";
import type { JobWrites } from "./job-writes.ts";
import { waitingPlacements } from "./waiting-placements.ts";

/**
 * Ends a waiting job as cancelled at once, its place kept so that the cancel can be taken back; of a running job asks
 * its worker. `asked` says that its worker had been asked before, and nothing was written.
 */
export const cancelChange = Object.assign(cancel, { takes: waitingPlacements });

async function cancel(writes: JobWrites, action: JobAction): Promise<(JobChange & { asked?: true }) | null> {
  const { transaction } = writes;
  const { jobId, reason, actor } = action;
  const event = { jobId, actor, because: becauseOf(action), data: eventData(action) };
  const taken = await writes.take(jobId, waitingPlacements);
  if (taken !== null) {
    const { state: from, lane, rank } = taken;
    writes.cancel({ jobId, job: taken, actor, reason });
    writes.event({ ...event, kind: "cancelled", from, to: "cancelled" });
    return { from, to: "cancelled", lane, rank, wake: false };
  }
  const lease = await lockLeaseOfJob(transaction, jobId);
  if (lease === null || (await findEndedState(transaction, jobId)) !== null) return null;
  const { workerId, id: leaseId } = lease;
  const running = { from: "running", to: "running", lane: 0, rank: 0, wake: false } as const;
  const asked = await insertCancelRequest(transaction, { jobId, workerId, leaseId, reason, actor });
  if (!asked) return { ...running, asked: true };
  writes.event({ ...event, kind: "cancel-requested", from: "running", to: "running" });
  return { ...running, after: { cancelRequested: true } };
}
