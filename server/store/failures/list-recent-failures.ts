import type { Queryable } from "#db/client.ts";

/** A failed attempt with its stored report as JSON text. */
export interface RecentFailure {
  jobId: string;
  attempt: number;
  fingerprint: string;
  lane: number;
  error: string;
}

/** Failures read at most to find the newest: a storm's last minute holds far more than are wanted. */
const mostRead = 20_000;
/** The grains of failure_counts from which the span that holds enough is taken, finest first. */
const spans = `(values (60000, 1), (600000, 2), (3600000, 3)) g(grain_ms, rank)`;

// The counts say how far back the wanted number reaches, so that the block-range index reads that stretch alone.
const list = `with span as (
  select coalesce((
    select at_ms from (
      select g.rank, c.at_ms, sum(sum(c.attempts)) over (partition by g.rank order by c.at_ms desc) as so_far
      from ${spans} join signalbox.failure_counts c using (grain_ms) group by 1, 2) s
    where so_far >= $1 order by rank, at_ms desc limit 1),
    (select min(at_ms) from signalbox.failure_counts where grain_ms = 3600000), 0) as from_ms)
select job_id as "jobId", number as attempt, fingerprint, lane, error::text as error from (
  select job_id, number, fingerprint, lane, error, finished_at_ms from signalbox.attempts
  where finished_at_ms >= (select from_ms from span) and fingerprint is not null and error is not null limit ${mostRead}) r
order by finished_at_ms desc limit $1`;

/** The newest failures, newest first; within a storm of more than 20,000 in the span, some of the newest. */
export async function listRecentFailures(db: Queryable, limit: number): Promise<RecentFailure[]> {
  const { rows } = await db.query({ name: "list-recent-failures", text: list, values: [limit] });
  return rows as RecentFailure[];
}
