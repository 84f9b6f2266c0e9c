import type { Queryable } from "#db/client.ts";

export interface CancelRequest {
  jobId: string;
  workerId: string;
  leaseId: string;
  reason: string | null;
  actor: string;
}

/** The channel on which workers hear that they have something to cancel; the payload is the worker's id. */
export const cancelChannel = "signalbox_cancel";

/** Ask the worker that runs a job to stop it; false when that was asked before. The worker hears of it at commit. */
export async function insertCancelRequest(transaction: Queryable, request: CancelRequest): Promise<boolean> {
  const { rowCount } = await transaction.query({
    text: `with asked as (
        insert into signalbox.cancel_requests (job_id, worker_id, lease_id, reason, actor, requested_at_ms)
        values ($1, $2, $3, $4, $5, signalbox.now_ms()) on conflict (job_id) do nothing returning worker_id)
      select pg_notify('signalbox_cancel', worker_id::text) from asked`,
    values: [request.jobId, request.workerId, request.leaseId, request.reason, request.actor],
  });
  return rowCount === 1;
}
