import type { Queryable } from "#db/client.ts";

/** Drop requests whose lease is gone: the job ended, or was taken back, before it came to a checkpoint. Returns what stands. */
export async function forgetPreemptRequests(transaction: Queryable): Promise<{ workerId: string }[]> {
  const { rows } = await transaction.query({
    name: "forget-preempt-requests",
    text: `with gone as (
        delete from signalbox.preempt_requests p
        where not exists (select from signalbox.leases l where l.id = p.lease_id and p.job_id = any(l.ids) and p.job_id <> all(l.fenced))
          or exists (select from signalbox.completed c where c.id = p.job_id)
        returning job_id)
      select worker_id::text as "workerId" from signalbox.preempt_requests where job_id not in (select job_id from gone)`,
  });
  return rows as { workerId: string }[];
}
