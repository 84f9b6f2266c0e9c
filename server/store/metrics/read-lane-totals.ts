import type { Queryable } from "#db/client.ts";

/** What happened in a lane since a moment. `failures` are failed attempts: those retried and those that ended a job. */
export interface LaneTotals {
  lane: number;
  started: number;
  completed: number;
  retried: number;
  died: number;
  failures: number;
}

/** Totals by lane since `fromMs`, from the coarsest counters that are rolled up so far; lanes without work are left out. */
export async function readLaneTotals(db: Queryable, fromMs: number): Promise<LaneTotals[]> {
  const { rows } = await db.query({
    name: "read-lane-totals",
    text: `with marks as materialized (
        select coalesce(max(done_until_ms) filter (where name = 'metrics_10s'), 0) as tens,
          coalesce(max(done_until_ms) filter (where name = 'metrics_1m'), 0) as minutes from signalbox.rollups),
      r as (
        select lane, started, completed, retried, died, failures from signalbox.metrics_1m
          where at_ms >= $1 and at_ms < (select minutes from marks)
        union all select lane, started, completed, retried, died, failures from signalbox.metrics_10s
          where at_ms >= greatest($1, (select minutes from marks)) and at_ms < (select tens from marks)
        union all select lane, started, completed, retried, died, failures from signalbox.metrics_1s
          where at_ms >= greatest($1, (select tens from marks), (select minutes from marks)))
      select lane, sum(started)::float8 as started, sum(completed)::float8 as completed, sum(retried)::float8 as retried,
        sum(died)::float8 as died,
        coalesce(sum((select sum(value::bigint) from jsonb_each_text(r.failures))), 0)::float8 as failures
      from r group by lane`,
    values: [Math.floor(fromMs / 60_000) * 60_000],
  });
  return rows as LaneTotals[];
}
