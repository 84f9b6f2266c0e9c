import type { Queryable } from "#db/client.ts";

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
  /** A multiple of 10,000; from 60,000 on the minute counters are read. */
  bucketMs: number;
  /** Only these lanes; null for all. */
  lanes: number[] | null;
}

const columns = "at_ms, lane, submitted, started, completed, retried, died, cancelled, failures";

/**
 * Counters by bucket. Each stretch of time comes from the coarsest table that is rolled up so far, so that a day
 * reads minutes and only the newest seconds come one by one. Buckets in which nothing happened are left out.
 */
export async function readCounterSeries(db: Queryable, range: CounterSeriesRange): Promise<CounterBucket[]> {
  const { rows } = await db.query({
    name: "read-counter-series",
    text: `with marks as materialized (
        select coalesce(max(done_until_ms) filter (where name = 'metrics_10s'), 0) as tens,
          case when $4 >= 60000 then coalesce(max(done_until_ms) filter (where name = 'metrics_1m'), 0) else 0 end as minutes
        from signalbox.rollups),
      r as materialized (
        select ${columns} from signalbox.metrics_1m
          where at_ms >= $1 and at_ms < least($2, (select minutes from marks))
        union all select ${columns} from signalbox.metrics_10s
          where at_ms >= greatest($1, (select minutes from marks)) and at_ms < least($2, (select tens from marks))
        union all select ${columns} from signalbox.metrics_1s
          where at_ms >= greatest($1, (select tens from marks), (select minutes from marks)) and at_ms < $2),
      b as (select at_ms / $4 * $4 as at_ms, submitted, started, completed, retried, died, cancelled, failures
        from r where $3::int[] is null or lane = any($3)),
      f as (select at_ms, jsonb_object_agg(key, n) as failures from (
          select at_ms, e.key, sum(e.value::bigint) as n from b, jsonb_each_text(b.failures) e
          where b.failures is not null group by 1, 2) x group by 1)
      select c.at_ms::float8 as "atMs", c.submitted, c.started, c.completed, c.retried, c.died, c.cancelled,
        coalesce(f.failures, '{}') as failures
      from (select at_ms, sum(submitted)::float8 as submitted, sum(started)::float8 as started,
          sum(completed)::float8 as completed, sum(retried)::float8 as retried, sum(died)::float8 as died,
          sum(cancelled)::float8 as cancelled from b group by at_ms) c
      left join f on f.at_ms = c.at_ms order by c.at_ms`,
    values: [range.fromMs, range.toMs, range.lanes, range.bucketMs],
  });
  return rows as CounterBucket[];
}
