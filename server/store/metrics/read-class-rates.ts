import type { Queryable } from "#db/client.ts";

/** What happened in a priority class since a moment. */
export interface ClassRate {
  rank: number;
  submitted: number;
  started: number;
}

/** Totals by class since `fromMs`, for short spans: reads metrics_1s by its index. */
export async function readClassRates(db: Queryable, fromMs: number): Promise<ClassRate[]> {
  const { rows } = await db.query({
    name: "read-class-rates",
    text: `select class::int as rank, sum(submitted)::float8 as submitted, sum(started)::float8 as started
      from signalbox.metrics_1s where at_ms >= $1 group by class`,
    values: [Math.floor(fromMs)],
  });
  return rows as ClassRate[];
}
