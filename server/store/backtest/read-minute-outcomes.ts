import type { Queryable } from "#db/client.ts";

/** How attempts of a lane ended in one minute. */
export interface MinuteOutcome {
  lane: number;
  atMs: number;
  completed: number;
  failed: number;
}

const mostRows = 100_000;

/** Outcomes by lane and minute in order of time; minutes in which nothing ended are left out. */
export async function readMinuteOutcomes(
  db: Queryable,
  range: { lanes: readonly number[]; fromMs: number; toMs: number },
): Promise<MinuteOutcome[]> {
  const { rows } = await db.query({
    name: "read-minute-outcomes",
    text: `with mark as materialized (
        select coalesce(max(done_until_ms), 0) as minutes from signalbox.rollups where name = 'metrics_1m'),
      r as (
        select at_ms, lane, completed, retried, died from signalbox.metrics_1m
          where at_ms >= $2 and at_ms < least($3, (select minutes from mark)) and lane = any($1)
        union all select at_ms / 60000 * 60000, lane, completed, retried, died from signalbox.metrics_10s
          where at_ms >= greatest($2, (select minutes from mark)) and at_ms < $3 and lane = any($1))
      select lane, at_ms::float8 as "atMs", sum(completed)::float8 as completed, sum(retried + died)::float8 as failed
      from r group by lane, at_ms having sum(completed + retried + died) > 0 order by at_ms limit $4`,
    values: [range.lanes, Math.floor(range.fromMs / 60_000) * 60_000, Math.ceil(range.toMs), mostRows],
  });
  return rows as MinuteOutcome[];
}
