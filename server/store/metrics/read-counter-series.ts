import type { Queryable } from "#db/client.ts";
import { counterRows } from "./counter-rows.ts";

/** What happened in one bucket of time. `failures` counts failed attempts by failure class. */
export interface CounterBucket {
  atMs: number;
  submitted: number;
  started: number;
  completed: number;
  retried: number;
  died: number;
  cancelled: number;
  failures: Record<string, number>;
}

export interface CounterSeriesRange {
  /** Start of the first bucket, a multiple of `bucketMs`. */
  fromMs: number;
  toMs: number;
  /** A multiple of 10,000; multiples of 60,000 and of 600,000 are read from coarser counters. */
  bucketMs: number;
  /** Only these lanes; null for all. */
  lanes: number[] | null;
}

const columns = "at_ms, submitted, started, completed, retried, died, cancelled, failures";

const read = (ofLanes: boolean) => `with ${counterRows(columns, ofLanes)},
  b as materialized (select at_ms / $4 * $4 as at_ms, submitted, started, completed, retried, died, cancelled, failures from r),
  f as (select at_ms, jsonb_object_agg(key, n) as failures from (
      select at_ms, e.key, sum(e.value::bigint) as n from b, jsonb_each_text(b.failures) e
      where b.failures is not null group by 1, 2) x group by 1)
  select c.at_ms::float8 as "atMs", c.submitted, c.started, c.completed, c.retried, c.died, c.cancelled,
    coalesce(f.failures, '{}') as failures
  from (select at_ms, sum(submitted)::float8 as submitted, sum(started)::float8 as started,
      sum(completed)::float8 as completed, sum(retried)::float8 as retried, sum(died)::float8 as died,
      sum(cancelled)::float8 as cancelled from b group by at_ms) c
  left join f on f.at_ms = c.at_ms
  where ${ofLanes ? "true" : "$3::int[] is null"} order by c.at_ms`;

/**
 * Counters by bucket. Each stretch of time comes from the coarsest table that is rolled up so far, so that a day reads
 * ten minutes at a time and only the newest seconds come one by one. Buckets in which nothing happened are left out.
 */
export async function readCounterSeries(db: Queryable, range: CounterSeriesRange): Promise<CounterBucket[]> {
  const ofLanes = range.lanes !== null;
  const { rows } = await db.query({
    name: ofLanes ? "read-counter-series-lanes" : "read-counter-series",
    text: read(ofLanes),
    values: [range.fromMs, range.toMs, range.lanes, range.bucketMs],
  });
  return rows as CounterBucket[];
}
