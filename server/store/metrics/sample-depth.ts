import type { Queryable } from "#db/client.ts";
import type { CountedDepth } from "../overview/read-latest-depths.ts";

// Counted by lane and class from indexes and small tables. Ready rows beyond the limit of a (lane, class) are
// not counted one by one: the figure then is a lower bound, which its reader shows as ≥. Of a large scheduled table
// a part is counted and scaled by the planner's estimate of its size.
const sample = `with moment as (select signalbox.now_ms() / 1000 * 1000 as at_ms),
  pairs as (
    select l.id as lane, c.class::smallint as class from signalbox.lanes l cross join generate_series(0, 4) as c(class)),
  waiting as (
    select p.lane, p.class, r.depth as available, r.oldest from pairs p cross join lateral (
      select count(*)::int as depth, min(run_at_ms) as oldest from (
        select run_at_ms from signalbox.ready where lane = p.lane and class = p.class order by run_at_ms, id limit $1) r) r
    where r.depth > 0),
  aside as materialized (select lane, class, retry from signalbox.scheduled limit $2),
  later as (
    select lane, class, round(count(*) filter (where not retry) * f.factor)::int as scheduled,
      round(count(*) filter (where retry) * f.factor)::int as retryable
    from aside, (select case when (select count(*) from aside) < $2 then 1.0 else greatest(1.0,
        (select reltuples from pg_class where oid = 'signalbox.scheduled'::regclass) / $2) end as factor) f
    group by lane, class, f.factor),
  parked as (select lane, class, count(*)::int as held from (select lane, class from signalbox.held limit $2) h group by lane, class),
  open as (
    select l.worker_id, u.id from signalbox.leases l cross join lateral unnest(l.ids) as u(id) where u.id <> all(l.fenced)),
  active as (
    select coalesce(a.lane, j.lane) as lane, coalesce(a.class, j.class) as class, count(*)::int as running
    from open o join signalbox.jobs j on j.id = o.id
    left join lateral (select lane, class from signalbox.amendments where job_id = o.id order by revision desc limit 1) a on true
    where not exists (select from signalbox.completed c where c.id = o.id) group by 1, 2),
  counted as materialized (
    select m.at_ms, p.lane, p.class, coalesce(w.available, 0) as available, coalesce(l.scheduled, 0) as scheduled,
      coalesce(l.retryable, 0) as retryable, coalesce(h.held, 0) as held, coalesce(a.running, 0) as running, w.oldest
    from moment m, pairs p left join waiting w using (lane, class) left join later l using (lane, class)
    left join parked h using (lane, class) left join active a using (lane, class)
    where coalesce(w.available, l.scheduled, l.retryable, h.held, a.running) is not null
    union all
    -- A sample always has a row, so that 'nothing waits' is told apart from 'nobody counted'.
    select at_ms, 0, 0::smallint, 0, 0, 0, 0, 0, null from moment),
  kept as (
    insert into signalbox.depth_samples (at_ms, lane, class, available, scheduled, retryable, held, running, oldest_run_at_ms)
    select * from counted on conflict (at_ms, lane, class) do nothing)
  select signalbox.now_ms()::float8 as "atMs", lane, class::int as rank, available, scheduled, retryable, held, running,
    oldest::float8 as "oldestRunAtMs" from counted`;

/** Most ready rows counted one by one for a lane and class. */
export const countedReady = 20_000;
/** Most scheduled and held rows counted; beyond, what is shown is scaled up. */
export const countedLater = 20_000;

/**
 * Count what waits and runs, by lane and class. The first count of each second is kept as a sample; a later one of the
 * same second is only returned. Within a transaction: it is planned by indexes alone, and so is what follows in it.
 */
export async function sampleDepth(transaction: Queryable): Promise<CountedDepth[]> {
  // The plan is kept. Made while a day's tables are empty it would read all of `completed` for each running job later on.
  await transaction.query({
    name: "plan-by-index",
    text: "select set_config('enable_seqscan', 'off', true)",
  });
  const { rows } = await transaction.query({
    name: "sample-depth",
    text: sample,
    values: [countedReady, countedLater],
  });
  return rows as CountedDepth[];
}

/** Delete up to `limit` samples older than `keepMs`. */
export async function pruneDepth(transaction: Queryable, keepMs: number, limit: number): Promise<number> {
  const { rowCount } = await transaction.query({
    name: "prune-depth",
    text: `delete from signalbox.depth_samples where ctid = any(array(
      select ctid from signalbox.depth_samples where at_ms < (select signalbox.now_ms()) - $1 order by at_ms limit $2))`,
    values: [keepMs, limit],
  });
  return rowCount ?? 0;
}
