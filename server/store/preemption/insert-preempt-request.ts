import type { Queryable } from "#db/client.ts";

/** Ask the worker that runs a job to give it up at its next checkpoint; it hears of it at commit, as of a cancel. */
export async function insertPreemptRequest(
  transaction: Queryable,
  request: { jobId: string; workerId: string; leaseId: string },
): Promise<void> {
  await transaction.query({
    name: "insert-preempt-request",
    text: `with asked as (
        insert into signalbox.preempt_requests (job_id, worker_id, lease_id, requested_at_ms)
        values ($1, $2, $3, signalbox.now_ms()) on conflict (job_id) do nothing returning worker_id)
      select pg_notify('signalbox_cancel', worker_id::text) from asked`,
    values: [request.jobId, request.workerId, request.leaseId],
  });
}
