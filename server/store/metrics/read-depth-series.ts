import type { Queryable } from "#db/client.ts";

/** How many jobs stood where at the last count within a bucket of time; `byRank` is available and held, by class rank. */
export interface DepthBucket {
  atMs: number;
  byRank: number[];
  scheduled: number;
  retryable: number;
  held: number;
  running: number;
}

export interface DepthSeriesRange {
  /** Start of the first bucket, a multiple of `bucketMs`. */
  fromMs: number;
  toMs: number;
  bucketMs: number;
  /** Only these lanes; null for all. */
  lanes: number[] | null;
}

const ranks = 5;

/**
 * Depths by bucket: for each the newest sample in it, found by one step in the index. Every sample has a row of lane 0
 * without jobs, so that a bucket is left out only where nobody counted.
 */
export async function readDepthSeries(db: Queryable, range: DepthSeriesRange): Promise<DepthBucket[]> {
  const { rows } = await db.query({
    name: "read-depth-series",
    text: `select b.at_ms::float8 as "atMs", s.class::int as rank, sum(s.available + s.held)::float8 as waiting,
        sum(s.scheduled)::float8 as scheduled, sum(s.retryable)::float8 as retryable, sum(s.held)::float8 as held,
        sum(s.running)::float8 as running
      from generate_series($1::bigint, $2::bigint - 1, $4::bigint) b(at_ms)
      cross join lateral (select max(d.at_ms) as at_ms from signalbox.depth_samples d
        where d.at_ms >= b.at_ms and d.at_ms < b.at_ms + $4) newest
      join signalbox.depth_samples s on s.at_ms = newest.at_ms and ($3::int[] is null or s.lane = 0 or s.lane = any($3))
      group by b.at_ms, s.class order by b.at_ms`,
    values: [range.fromMs, range.toMs, range.lanes, range.bucketMs],
  });
  const buckets = new Map<number, DepthBucket>();
  for (const row of rows as (Omit<DepthBucket, "byRank"> & { rank: number; waiting: number })[]) {
    const bucket = buckets.get(row.atMs) ?? emptyBucket(row.atMs);
    buckets.set(row.atMs, bucket);
    bucket.byRank[row.rank] = row.waiting;
    bucket.scheduled += row.scheduled;
    bucket.retryable += row.retryable;
    bucket.held += row.held;
    bucket.running += row.running;
  }
  return [...buckets.values()];
}

function emptyBucket(atMs: number): DepthBucket {
  return { atMs, byRank: new Array<number>(ranks).fill(0), scheduled: 0, retryable: 0, held: 0, running: 0 };
}
