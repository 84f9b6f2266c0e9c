import type { Queryable } from "#db/client.ts";

// The whole minutes of a day, of the lanes asked for: lanes × classes × 1,440 rows of 24 counts at most.
const read = `select lane, array_agg(count order by bucket) as counts from (
    select m.lane, u.bucket, sum(u.n)::int as count
    from signalbox.metrics_1m m, unnest(m.run_ms) with ordinality u(n, bucket)
    where m.lane = any($1) and m.at_ms >= (select signalbox.now_ms()) - $2 group by m.lane, u.bucket) s
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
