import type { Queryable } from "#db/client.ts";

/** A running job of a preemptible definition. */
export interface PreemptCandidateRow {
  jobId: string;
  workerId: string;
  leaseId: string;
  lane: number;
  rank: number;
  runAtMs: number;
  startedAtMs: number;
  checkpointAtMs: number | null;
  preemptions: number;
}

// Leases are few (one a batch and worker); of their jobs those of the lanes asked for, which have not been asked yet.
const read = `with open as materialized (
    select l.id as lease_id, l.worker_id, l.claimed_at_ms, u.id from signalbox.leases l cross join lateral unnest(l.ids) as u(id)
    where u.id <> all(l.fenced) and l.worker_id = any($2::bigint[]))
  select o.id::text as "jobId", o.worker_id::text as "workerId", o.lease_id::text as "leaseId", coalesce(a.lane, j.lane) as lane,
    coalesce(a.class, j.class)::int as rank, coalesce(j.run_at_ms, signalbox.id_ms(j.id))::float8 as "runAtMs",
    o.claimed_at_ms::float8 as "startedAtMs",
    (select extract(epoch from saved_at) * 1000 from signalbox.checkpoints where job_id = o.id)::float8 as "checkpointAtMs",
    (select count(*)::int from signalbox.attempts where job_id = o.id and outcome = 'preempted') as preemptions
  from open o join signalbox.jobs j on j.id = o.id
  left join lateral (select lane, class from signalbox.amendments where job_id = o.id order by revision desc limit 1) a on true
  where coalesce(a.lane, j.lane) = any($1::int[])
    and not exists (select from signalbox.completed c where c.id = o.id)
    and not exists (select from signalbox.preempt_requests p where p.job_id = o.id)
  order by o.claimed_at_ms desc limit 200`;

/** What runs in these lanes under these workers, the latest claimed first, 200 at most. */
export async function readPreemptCandidates(
  db: Queryable,
  lanes: readonly number[],
  workerIds: readonly string[],
): Promise<PreemptCandidateRow[]> {
  const { rows } = await db.query({
    name: "read-preempt-candidates",
    text: read,
    values: [lanes, workerIds],
  });
  return rows as PreemptCandidateRow[];
}
