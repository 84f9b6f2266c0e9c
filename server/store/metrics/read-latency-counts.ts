import type { Queryable } from "#db/client.ts";

/** Histograms in the buckets of core/metric/histogram.ts. */
export interface LatencyCounts {
  wait: number[];
  run: number[];
}

/** Waits and runs of lanes since `fromMs`, summed over classes and processes. For short spans: it reads metrics_1s. */
export async function readLatencyCounts(
  db: Queryable,
  lanes: number[],
  fromMs: number,
): Promise<LatencyCounts> {
  const { rows } = await db.query({
    name: "read-latency-counts",
    text: `with s as materialized (
        select wait_ms, run_ms from signalbox.metrics_1s where at_ms >= $2 and lane = any($1) limit 100000)
      select 'wait' as kind, u.bucket::int, sum(u.n)::float8 as count
        from s, unnest(s.wait_ms) with ordinality u(n, bucket) group by 2
      union all
      select 'run', u.bucket::int, sum(u.n)::float8 from s, unnest(s.run_ms) with ordinality u(n, bucket) group by 2`,
    values: [lanes, Math.floor(fromMs)],
  });
  const counts: LatencyCounts = { wait: [], run: [] };
  for (const { kind, bucket, count } of rows as {
    kind: keyof LatencyCounts;
    bucket: number;
    count: number;
  }[]) {
    counts[kind][bucket - 1] = count;
  }
  return counts;
}
