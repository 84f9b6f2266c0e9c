import type { Queryable } from "#db/client.ts";

/** What happened in one second in one lane. `failures` counts failed attempts by failure class. */
export interface SecondCounters {
  atMs: number;
  lane: number;
  submitted: number;
  started: number;
  completed: number;
  retried: number;
  died: number;
  cancelled: number;
  failures: Record<string, number>;
}

/** The statement of {@link readSecondCounters}, for reading it together with others; $1 is where it begins, ms. */
export const secondCounters = `with s as materialized (select * from signalbox.metrics_1s where at_ms >= $1 limit 200000),
  f as (select at_ms, lane, jsonb_object_agg(key, n) as failures from (
      select at_ms, lane, e.key, sum(e.value::int) as n from s, jsonb_each_text(s.failures) e
      where s.failures is not null group by 1, 2, 3) x group by 1, 2)
  select c.at_ms::float8 as "atMs", c.lane, c.submitted, c.started, c.completed, c.retried, c.died, c.cancelled,
    coalesce(f.failures, '{}') as failures
  from (select at_ms, lane, sum(submitted)::int as submitted, sum(started)::int as started, sum(completed)::int as completed,
      sum(retried)::int as retried, sum(died)::int as died, sum(cancelled)::int as cancelled
    from s group by at_ms, lane) c
  left join f on f.at_ms = c.at_ms and f.lane = c.lane`;

/**
 * The counters of every second from `fromMs` on, summed over processes and classes. For short spans: it reads
 * metrics_1s by its index, a row a second, process, lane and class.
 */
export async function readSecondCounters(db: Queryable, fromMs: number): Promise<SecondCounters[]> {
  const { rows } = await db.query({
    name: "read-second-counters",
    text: secondCounters,
    values: [Math.floor(fromMs)],
  });
  return rows as SecondCounters[];
}
