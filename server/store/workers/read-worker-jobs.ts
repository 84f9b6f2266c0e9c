import type { Queryable } from "#db/client.ts";

/** A job that a worker holds. */
export interface WorkerJob {
  id: string;
  attempt: number;
  lane: number;
  rank: number;
  sinceMs: number;
  /** What its handler last told of how far it is, JSON text. */
  progress: string | null;
  cancelAsked: boolean;
}

/** What a worker holds now, longest first, up to `limit`. Index: leases_worker. */
export async function readWorkerJobs(db: Queryable, workerId: string, limit: number): Promise<WorkerJob[]> {
  const { rows } = await db.query({
    name: "read-worker-jobs",
    text: `select u.id::text as id, u.attempt, coalesce(a.lane, j.lane) as lane, coalesce(a.class, j.class)::int as rank,
        l.claimed_at_ms::float8 as "sinceMs", l.progress::text as progress,
        exists (select from signalbox.cancel_requests r where r.job_id = u.id) as "cancelAsked"
      from signalbox.leases l cross join lateral unnest(l.ids, l.attempts) as u(id, attempt)
      cross join lateral (select lane, class from signalbox.jobs where id = u.id limit 1) j
      left join lateral (select lane, class from signalbox.amendments where job_id = u.id order by revision desc limit 1) a on true
      where l.worker_id = $1 and u.id <> all(l.fenced) and not exists (select from signalbox.completed c where c.id = u.id)
      order by l.claimed_at_ms, u.id limit $2`,
    values: [workerId, limit],
  });
  return rows as WorkerJob[];
}
