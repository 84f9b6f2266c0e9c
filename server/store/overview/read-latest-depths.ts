import type { Queryable } from "#db/client.ts";

/** How many jobs of a lane and class stood where, when the dispatcher last counted. */
export interface DepthRow {
  lane: number;
  rank: number;
  available: number;
  scheduled: number;
  retryable: number;
  held: number;
  running: number;
  oldestRunAtMs: number | null;
}

/** The statement of {@link readLatestDepths}, for reading it together with others. */
export const latestDepths = `select at_ms::float8 as "atMs", lane, class::int as rank, available, scheduled, retryable, held, running,
    oldest_run_at_ms::float8 as "oldestRunAtMs"
  from signalbox.depth_samples where at_ms = (select max(at_ms) from signalbox.depth_samples)`;

/** The last count of depths and when it was taken; null before the first. Bounded by lanes × classes, one index range. */
export async function readLatestDepths(db: Queryable): Promise<{ atMs: number; rows: DepthRow[] } | null> {
  const { rows } = await db.query({
    name: "read-latest-depths",
    text: latestDepths,
  });
  return depthsOf(rows as CountedDepth[]);
}

/** A row of the statement. */
export type CountedDepth = DepthRow & { atMs: number };

/** Its rows as one count; null when there is none. */
export function depthsOf(counted: CountedDepth[]): { atMs: number; rows: DepthRow[] } | null {
  const atMs = counted[0]?.atMs;
  return atMs === undefined ? null : { atMs, rows: counted };
}
