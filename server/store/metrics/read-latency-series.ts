import type { Queryable } from "#db/client.ts";
import type { CounterSeriesRange } from "./read-counter-series.ts";

/** Waits and runs in one bucket of time, in the buckets of core/metric/histogram.ts. */
export interface LatencyBucket {
  atMs: number;
  wait: number[];
  run: number[];
}

/** From this width of a bucket on one minute in three is read: percentiles need no more, and a day stays quick. */
const sampledFromMs = 600_000;

/**
 * Waits and runs of lanes by bucket, each stretch of time from the coarsest table that is rolled up so far. Buckets in
 * which nothing started or ended are left out.
 */
export async function readLatencySeries(
  db: Queryable,
  range: CounterSeriesRange & { lanes: number[] },
): Promise<LatencyBucket[]> {
  const { rows } = await db.query({
    name: "read-latency-series",
    text: `with marks as materialized (
        select coalesce(max(done_until_ms) filter (where name = 'metrics_10s'), 0) as tens,
          case when $4 >= 60000 then coalesce(max(done_until_ms) filter (where name = 'metrics_1m'), 0) else 0 end as minutes
        from signalbox.rollups),
      r as materialized (
        select at_ms, wait_ms, run_ms from signalbox.metrics_1m
          where at_ms >= $1 and at_ms < least($2, (select minutes from marks)) and lane = any($3)
            and ($4 < $5 or at_ms % 180000 = 0)
        union all select at_ms, wait_ms, run_ms from signalbox.metrics_10s
          where at_ms >= greatest($1, (select minutes from marks)) and at_ms < least($2, (select tens from marks)) and lane = any($3)
        union all select at_ms, wait_ms, run_ms from signalbox.metrics_1s
          where at_ms >= greatest($1, (select tens from marks), (select minutes from marks)) and at_ms < $2 and lane = any($3))
      select (at_ms / $4 * $4)::float8 as "atMs", 'wait' as kind, u.bucket::int, sum(u.n)::float8 as count
        from r, unnest(wait_ms) with ordinality u(n, bucket) where u.n > 0 group by 1, 3
      union all
      select (at_ms / $4 * $4)::float8, 'run', u.bucket::int, sum(u.n)::float8
        from r, unnest(run_ms) with ordinality u(n, bucket) where u.n > 0 group by 1, 3`,
    values: [range.fromMs, range.toMs, range.lanes, range.bucketMs, sampledFromMs],
  });
  const buckets = new Map<number, LatencyBucket>();
  for (const row of rows as { atMs: number; kind: "wait" | "run"; bucket: number; count: number }[]) {
    const bucket = buckets.get(row.atMs) ?? { atMs: row.atMs, wait: [], run: [] };
    buckets.set(row.atMs, bucket);
    bucket[row.kind][row.bucket - 1] = row.count;
  }
  return [...buckets.values()].sort((a, b) => a.atMs - b.atMs);
}
