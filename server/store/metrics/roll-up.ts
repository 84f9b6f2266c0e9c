import type { Queryable } from "#db/client.ts";

export interface RollUpStep {
  /** Name under which progress is kept. */
  name: "metrics_10s" | "metrics_1m" | "metrics_10m";
  from: "metrics_1s" | "metrics_10s" | "metrics_1m";
  bucketMs: number;
  /** Rows younger than this may still come in. */
  settleMs: number;
  /** Source rows older than this are deleted once rolled up; null keeps them. */
  keepMs: number | null;
  /** Buckets of time summed by one statement at most: after a long absence the rest follows with the next ticks. */
  mostBuckets: number;
}

/** One second to ten to a minute to ten: how long each grain is kept is `keepMs` of the step that reads it. */
export const rollUpSteps: RollUpStep[] = [
  {
    ...{ name: "metrics_10s", from: "metrics_1s", bucketMs: 10_000, mostBuckets: 360 },
    ...{ settleMs: 5_000, keepMs: 600_000 },
  },
  {
    ...{ name: "metrics_1m", from: "metrics_10s", bucketMs: 60_000, mostBuckets: 360 },
    ...{ settleMs: 15_000, keepMs: 21_600_000 },
  },
  {
    ...{ name: "metrics_10m", from: "metrics_1m", bucketMs: 600_000, mostBuckets: 36 },
    ...{ settleMs: 20_000, keepMs: null },
  },
];

const bins = (column: string) => `(select array_agg(total order by bin) from (
    select bin, sum(value)::int as total
    from unnest(array_agg(${column}) filter (where ${column} is not null)) with ordinality as flat(value, place),
      lateral (select (place - 1) % 24 as bin) b group by bin) s)`;

// array_agg of equally long arrays makes a two-dimensional one, which unnest flattens row by row: place modulo 24 is the bin.
// Whole buckets alone: one that was summed in part would stay so, because its row stands already.
const rollUp = (step: RollUpStep) => `with done as materialized (
    select coalesce((select done_until_ms from signalbox.rollups where name = '${step.name}'), 0) as first),
  span as (
    select first, least(signalbox.now_ms() - ${step.settleMs},
      (select done_until_ms from signalbox.rollups where name = '${step.from}'),
      (select min(at_ms) from signalbox.${step.from} where at_ms >= first) + ${step.bucketMs * step.mostBuckets}
      ) / ${step.bucketMs} * ${step.bucketMs} as last from done),
  rolled as (
    insert into signalbox.${step.name} (at_ms, lane, class, submitted, started, completed, retried, died, cancelled, failures, wait_ms, run_ms)
    select at_ms / ${step.bucketMs} * ${step.bucketMs}, lane, class, sum(submitted), sum(started), sum(completed), sum(retried),
      sum(died), sum(cancelled),
      (select jsonb_object_agg(key, total) from (
        select key, sum(value::int) as total from unnest(array_agg(failures)) f(object), jsonb_each_text(f.object) group by key) s),
      ${bins("wait_ms")}, ${bins("run_ms")}
    from signalbox.${step.from}, span where at_ms >= span.first and at_ms < span.last
    group by 1, lane, class
    on conflict (at_ms, lane, class) do nothing returning 1),
  progress as (
    insert into signalbox.rollups (name, done_until_ms) select '${step.name}', last from span where last > first
    on conflict (name) do update set done_until_ms = excluded.done_until_ms)
  select count(*)::int as buckets from rolled`;

/** Sum finished buckets of the finer grain into the coarser one, each exactly once; returns buckets written. */
export async function rollUpMetrics(transaction: Queryable, step: RollUpStep): Promise<number> {
  const { rows } = await transaction.query({ name: `roll-up-${step.name}`, text: rollUp(step) });
  return (rows[0] as { buckets: number }).buckets;
}

/** Delete up to `limit` rows of the finer grain that are rolled up and older than it is kept. */
export async function pruneMetrics(transaction: Queryable, step: RollUpStep, limit: number): Promise<number> {
  if (step.keepMs === null) return 0;
  const { rowCount } = await transaction.query({
    name: `prune-${step.from}`,
    text: `delete from signalbox.${step.from} where ctid = any(array(
      select ctid from signalbox.${step.from} where at_ms < (select signalbox.now_ms()) - ${step.keepMs}
        and at_ms < coalesce((select done_until_ms from signalbox.rollups where name = '${step.name}'), 0) limit $1))`,
    values: [limit],
  });
  return rowCount ?? 0;
}
