import type { Queryable } from "#db/client.ts";
import type { DepthSeriesRange } from "./read-depth-series.ts";

/** How long the longest waiting job of lanes had been due at the last count in a bucket, ms; 0 when none waited. */
export interface OldestBucket {
  atMs: number;
  oldestMs: number;
}

/** The age of the oldest job in line by bucket; a bucket is left out where nobody counted. Index: depth_samples' key. */
export async function readOldestSeries(
  db: Queryable,
  range: DepthSeriesRange & { lanes: number[] },
): Promise<OldestBucket[]> {
  const { rows } = await db.query({
    name: "read-oldest-series",
    text: `select b.at_ms::float8 as "atMs", coalesce(max(greatest(0, newest.at_ms - s.oldest_run_at_ms)), 0)::float8 as "oldestMs"
      from generate_series($1::bigint, $2::bigint - 1, $4::bigint) b(at_ms)
      cross join lateral (select max(d.at_ms) as at_ms from signalbox.depth_samples d
        where d.at_ms >= b.at_ms and d.at_ms < b.at_ms + $4) newest
      left join signalbox.depth_samples s on s.at_ms = newest.at_ms and s.lane = any($3)
      where newest.at_ms is not null group by b.at_ms order by b.at_ms`,
    values: [range.fromMs, range.toMs, range.lanes, range.bucketMs],
  });
  return rows as OldestBucket[];
}
