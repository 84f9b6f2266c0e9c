import type { Queryable } from "#db/client.ts";

/** How attempts of a worker ended since a moment. */
export interface WorkerOutcomes {
  workerId: string;
  succeeded: number;
  failed: number;
}

/** Rows of either history that are looked at, newest first. */
const sampled = 2_000;

/** How attempts ended on these workers, each since its own moment, among the newest of either history. */
export async function countWorkerOutcomes(
  db: Queryable,
  since: readonly { workerId: string; sinceMs: number }[],
): Promise<WorkerOutcomes[]> {
  const { rows } = await db.query({
    name: "count-worker-outcomes",
    text: `with wanted as (select * from unnest($1::bigint[], $2::bigint[]) as t(worker_id, since_ms)),
      done as materialized (
        select worker_id, started_at_ms from signalbox.completed order by id desc limit ${sampled}),
      failed as materialized (
        select worker_id, started_at_ms from signalbox.attempts where outcome in ('failed', 'timed-out')
        order by job_id desc, number desc limit ${sampled})
      select w.worker_id::text as "workerId",
        (select count(*)::int from done d where d.worker_id = w.worker_id and d.started_at_ms >= w.since_ms) as succeeded,
        (select count(*)::int from failed f where f.worker_id = w.worker_id and f.started_at_ms >= w.since_ms) as failed
      from wanted w`,
    values: [since.map(({ workerId }) => workerId), since.map(({ sinceMs }) => Math.round(sinceMs))],
  });
  return rows as WorkerOutcomes[];
}
