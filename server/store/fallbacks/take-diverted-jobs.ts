import type { Queryable } from "#db/client.ts";

/** A diverted job that was taken out of where it waited. */
export interface DivertedJob {
  id: string;
  /** `held`: behind others of its concurrency key. */
  state: "available" | "held" | "retryable" | "scheduled";
  fromLane: number;
  fromVersion: number;
  toLane: number;
  rank: number;
  runAtMs: number;
  attempt: number;
  failures: number;
  losses: number;
}

/** Of one event so many of the newest diversions are looked at: the older ones have long run. */
const mostLooked = 20_000;

const taken = `t.class as rank, t.run_at_ms::float8 as "runAtMs", t.attempt, t.failures, t.losses`;

/**
 * Take the jobs diverted under an event which still wait where they were put, in line, behind others of their concurrency
 * key or for a retry, out of it, and forget that they were. Each is looked up by where it was put: ready_order, and held and
 * scheduled by their keys.
 */
export async function takeDivertedJobs(transaction: Queryable, eventId: number): Promise<DivertedJob[]> {
  const { rows } = await transaction.query({
    name: "take-diverted-jobs",
    text: `with newest as materialized (
        select * from signalbox.diversions where event_id = $1 order by at_ms desc limit ${mostLooked}),
      line as materialized (
        select r.tid from newest n cross join lateral (
          select ctid as tid from signalbox.ready r
          where r.lane = n.to_lane and r.class = n.class and r.run_at_ms = n.run_at_ms and r.id = n.job_id
          for update skip locked) r),
      later as materialized (
        select s.id from newest n cross join lateral (
          select id from signalbox.scheduled s where s.id = n.job_id and s.lane = n.to_lane for update skip locked) s),
      parked as materialized (
        select h.id from newest n cross join lateral (
          select id from signalbox.held h where h.id = n.job_id and h.lane = n.to_lane and h.reason = 'concurrency-key'
          for update skip locked) h),
      from_line as (delete from signalbox.ready where ctid = any(array(select tid from line)) returning *),
      from_later as (delete from signalbox.scheduled where id = any(array(select id from later)) returning *),
      from_parked as (delete from signalbox.held where id = any(array(select id from parked)) returning *),
      t as (
        select id, class, run_at_ms, attempt, failures, losses, 'available' as state from from_line
        union all select id, class, run_at_ms, attempt, failures, losses, 'held' from from_parked
        union all select id, class, run_at_ms, attempt, failures, losses, case when retry then 'retryable' else 'scheduled' end
        from from_later),
      forgotten as (delete from signalbox.diversions where job_id in (select id from t))
      select t.id::text as id, t.state, n.from_lane as "fromLane", n.from_version as "fromVersion", n.to_lane as "toLane", ${taken}
      from t join newest n on n.job_id = t.id order by t.id`,
    values: [eventId],
  });
  return rows as DivertedJob[];
}
