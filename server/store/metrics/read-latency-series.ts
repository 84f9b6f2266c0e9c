import type { Queryable } from "#db/client.ts";
import { counterRows } from "./counter-rows.ts";
import type { CounterSeriesRange } from "./read-counter-series.ts";

/** Waits and runs in one bucket of time, in the buckets of core/metric/histogram.ts. */
export interface LatencyBucket {
  atMs: number;
  wait: number[];
  run: number[];
}

const read = `with ${counterRows("at_ms, wait_ms, run_ms", true)}
  select (at_ms / $4 * $4)::float8 as "atMs", 'wait' as kind, u.bucket::int, sum(u.n)::float8 as count
    from r, unnest(wait_ms) with ordinality u(n, bucket) where u.n > 0 group by 1, 3
  union all
  select (at_ms / $4 * $4)::float8, 'run', u.bucket::int, sum(u.n)::float8
    from r, unnest(run_ms) with ordinality u(n, bucket) where u.n > 0 group by 1, 3`;

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
    text: read,
    values: [range.fromMs, range.toMs, range.lanes, range.bucketMs],
  });
  const buckets = new Map<number, LatencyBucket>();
  for (const row of rows as { atMs: number; kind: "wait" | "run"; bucket: number; count: number }[]) {
    const bucket = buckets.get(row.atMs) ?? { atMs: row.atMs, wait: [], run: [] };
    buckets.set(row.atMs, bucket);
    bucket[row.kind][row.bucket - 1] = row.count;
  }
  return [...buckets.values()].sort((a, b) => a.atMs - b.atMs);
}
