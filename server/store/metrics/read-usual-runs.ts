import type { Queryable } from "#db/client.ts";

// The whole minutes of the span, of the lanes asked for: lanes × classes × 1,440 rows of 24 counts a day at most; and
// what no minute holds yet, a few minutes of ten seconds each.
const read = `with runs as (
    select lane, run_ms from signalbox.metrics_1m
    where lane = any($1) and at_ms >= (select signalbox.now_ms()) - $2
    union all
    select lane, run_ms from signalbox.metrics_10s where lane = any($1) and at_ms >= greatest(
      (select signalbox.now_ms()) - $2,
      (select coalesce((select done_until_ms from signalbox.rollups where name = 'metrics_1m'), 0))))
  select lane, array_agg(count order by bucket) as counts from (
    select r.lane, u.bucket, sum(u.n)::int as count from runs r, unnest(r.run_ms) with ordinality u(n, bucket)
    group by r.lane, u.bucket) s
  group by lane`;

/** How long completed runs took, by lane, over the past `spanMs`: counts in the buckets of core/metric/histogram.ts. */
export async function readUsualRuns(
  db: Queryable,
  lanes: readonly number[],
  spanMs: number,
): Promise<Map<number, number[]>> {
  const { rows } = await db.query({ name: "read-usual-runs", text: read, values: [lanes, spanMs] });
  return new Map((rows as { lane: number; counts: number[] }[]).map(({ lane, counts }) => [lane, counts]));
}
