import { failureGrainsMs } from "#core/failure-group/failure-window.ts";
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

// Newest buckets first until they hold enough; the window function stops reading as soon as they do.
const reach = (grainMs: number) => `(
    select at_ms from (
      select at_ms, sum(sum(attempts)) over (order by at_ms desc rows unbounded preceding) as so_far
      from signalbox.failure_totals where grain_ms = ${grainMs} group by at_ms order by at_ms desc) s
    where so_far >= $1 limit 1)`;

// The counts say how far back the wanted number reaches, so that the block-range index reads that stretch alone.
const list = `with span as materialized (
  select coalesce(${failureGrainsMs.map(reach).join(", ")},
    (select min(at_ms) from signalbox.failure_totals where grain_ms = 3600000), 0) as from_ms),
newest as materialized (
  select job_id, number from (
    select job_id, number, finished_at_ms from signalbox.attempts
    where finished_at_ms >= (select from_ms from span) and fingerprint is not null limit ${mostRead}) r
  order by finished_at_ms desc limit $1)
select job_id as "jobId", number as attempt, a.fingerprint, a.lane, a.error from newest n cross join lateral (
  select fingerprint, lane, error::text as error, finished_at_ms from signalbox.attempts
  where job_id = n.job_id and number = n.number limit 1) a
where a.error is not null order by a.finished_at_ms desc`;

/** The newest failures, newest first; within a storm of more than 20,000 in the span, some of the newest. */
export async function listRecentFailures(db: Queryable, limit: number): Promise<RecentFailure[]> {
  const { rows } = await db.query({ name: "list-recent-failures", text: list, values: [limit] });
  return rows as RecentFailure[];
}
