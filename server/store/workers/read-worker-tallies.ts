import type { Queryable } from "#db/client.ts";

/** How recent attempts of one lane ended on one worker. */
export interface WorkerTallyRow {
  workerId: string;
  lane: number;
  attempts: number;
  failures: number;
}

/** Rows of either history that are looked at. */
const sampled = 2_000;

/**
 * How the newest attempts ended, by worker and lane: of the jobs from the later of the two ids at which the newest
 * {@link sampled} completed and as many failed attempts begin, so that both are counted over the same jobs. Jobs are looked up one by one (lateral): the planner would
 * rather hash them all. With a window only attempts that ended within it count.
 */
export async function readWorkerTallies(
  db: Queryable,
  windowMs: number | null = null,
): Promise<WorkerTallyRow[]> {
  const { rows } = await db.query({
    name: "read-worker-tallies",
    text: `with done as materialized (
        select id, worker_id, finished_at_ms as at_ms from signalbox.completed order by id desc limit ${sampled}),
      failed as materialized (
        select job_id as id, worker_id, lane, outcome, finished_at_ms as at_ms from signalbox.attempts order by job_id desc, number desc limit ${sampled}),
      start as materialized (select greatest(
          (select min(id) from done having count(*) = ${sampled}), (select min(id) from failed having count(*) = ${sampled}), 0) as id)
      select worker_id::text as "workerId", lane, count(*)::int as attempts, count(*) filter (where bad)::int as failures
      from (
        select d.worker_id, j.lane, false as bad from done d cross join lateral (select lane from signalbox.jobs where id = d.id limit 1) j
        where d.id >= (select id from start) and d.worker_id <> 0 and ($1::bigint is null or d.at_ms >= signalbox.now_ms() - $1)
        union all select worker_id, lane, true from failed
        where id >= (select id from start) and outcome in ('failed', 'timed-out')
          and ($1::bigint is null or at_ms >= signalbox.now_ms() - $1)) t
      group by 1, 2`,
    values: [windowMs],
  });
  return rows as WorkerTallyRow[];
}
