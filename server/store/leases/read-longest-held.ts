import type { Queryable } from "#db/client.ts";

export interface HeldLong {
  jobId: string;
  lane: number;
  workerId: string;
  claimedAtMs: number;
  /** 0…1; null for none reported. */
  progress: number | null;
}

// The oldest leases by their claim; leases are few (one a batch and worker), and of a batch only what still runs counts.
const read = `with old as materialized (
    select id, worker_id, claimed_at_ms, ids, fenced, progress from signalbox.leases
    where claimed_at_ms < (select signalbox.now_ms()) - $1 order by claimed_at_ms limit $2)
  select u.id as "jobId", coalesce(a.lane, j.lane) as lane, o.worker_id as "workerId",
    o.claimed_at_ms::float8 as "claimedAtMs",
    (select (p->>'progress')::float8 from json_array_elements(case when json_typeof(o.progress) = 'array' then o.progress end) p
     where p->>'id' = u.id::text limit 1) as progress
  from old o cross join lateral unnest(o.ids) as u(id)
  join signalbox.jobs j on j.id = u.id
  left join lateral (select lane from signalbox.amendments where job_id = u.id order by revision desc limit 1) a on true
  where u.id <> all(o.fenced) and not exists (select from signalbox.completed c where c.id = u.id)
  order by o.claimed_at_ms, u.id limit $2`;

/** Jobs that a worker has held for at least `heldMs`, the longest held first, at most `limit`. */
export async function readLongestHeld(db: Queryable, heldMs: number, limit: number): Promise<HeldLong[]> {
  const { rows } = await db.query({ name: "read-longest-held", text: read, values: [heldMs, limit] });
  return rows as HeldLong[];
}
