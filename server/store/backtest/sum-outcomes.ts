import type { Queryable } from "#db/client.ts";

/** How attempts ended; `failed` are those that were retried and those that ended a job. */
export interface OutcomeSums {
  completed: number;
  failed: number;
}

/** Outcomes of the lanes within a time, whole minutes; from the coarsest counters that are rolled up so far. */
export async function sumOutcomes(
  db: Queryable,
  range: { lanes: readonly number[]; fromMs: number; toMs: number },
): Promise<OutcomeSums> {
  const { rows } = await db.query({
    name: "sum-outcomes",
    text: `with mark as materialized (
        select coalesce(max(done_until_ms) filter (where name = 'metrics_10m'), 0) / 600000 * 600000 as tens,
          coalesce(max(done_until_ms) filter (where name = 'metrics_1m'), 0) as minutes from signalbox.rollups),
      -- Ten minutes that are not wholly inside of the time are read minute by minute.
      part as materialized (
        select minutes, ($2::bigint + 599999) / 600000 * 600000 as first, least(tens, $3::bigint / 600000 * 600000) as last from mark),
      r as (
        select completed, retried, died from signalbox.metrics_10m, part
          where at_ms >= first and at_ms < last and lane = any($1)
        union all select completed, retried, died from signalbox.metrics_1m, part
          where at_ms >= $2 and at_ms < least(first, minutes, $3) and lane = any($1)
        union all select completed, retried, died from signalbox.metrics_1m, part
          where at_ms >= greatest(first, last) and at_ms < least(minutes, $3) and lane = any($1)
        union all select completed, retried, died from signalbox.metrics_10s, part
          where at_ms >= greatest($2, minutes) and at_ms < $3 and lane = any($1))
      select coalesce(sum(completed), 0)::float8 as completed, coalesce(sum(retried + died), 0)::float8 as failed from r`,
    values: [range.lanes, Math.floor(range.fromMs / 60_000) * 60_000, Math.ceil(range.toMs)],
  });
  return rows[0] as OutcomeSums;
}
