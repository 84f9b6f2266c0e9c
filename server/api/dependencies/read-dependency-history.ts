import { percentileMs } from "#core/metric/histogram.ts";
import { readDependencySeries } from "#server/store/dependencies/read-dependency-series.ts";
import type { ApiContext } from "../context.ts";

/** The spans the charts of a dependency can show, in buckets of whole minutes. */
export const historyRanges = {
  "1h": { bucketMs: 60_000, buckets: 60 },
  "6h": { bucketMs: 180_000, buckets: 120 },
  "24h": { bucketMs: 600_000, buckets: 144 },
  "7d": { bucketMs: 7_200_000, buckets: 84 },
} as const;
export type HistoryRange = keyof typeof historyRanges;

/** What calls came to in a bucket, in counts; percentiles in ms, within a factor of two, null without calls. */
export interface HistoryBucket {
  atMs: number;
  succeeded: number;
  failed: number;
  refused: number;
  slow: number;
  firstStarts: number;
  retryStarts: number;
  p50Ms: number | null;
  p95Ms: number | null;
}

/** The course of a dependency over one range. */
export interface DependencyHistory {
  asOfMs: number;
  fromMs: number;
  toMs: number;
  bucketMs: number;
  /** Those in which something was called; what lacks was quiet. */
  buckets: HistoryBucket[];
}

/** What calls of a dependency came to, by bucket; at most 150 buckets whatever the range. */
export async function readDependencyHistory(
  { db, engine }: ApiContext,
  dependencyId: number,
  range: HistoryRange,
): Promise<DependencyHistory> {
  const nowMs = engine.clock.nowMs();
  const { bucketMs, buckets } = historyRanges[range];
  const toMs = Math.floor(nowMs / bucketMs) * bucketMs + bucketMs;
  const fromMs = toMs - buckets * bucketMs;
  const rows = await readDependencySeries(db, dependencyId, { fromMs, toMs, bucketMs });
  return {
    asOfMs: nowMs,
    fromMs,
    toMs,
    bucketMs,
    buckets: rows.map(({ durations, ...counts }) => ({
      ...counts,
      p50Ms: percentileMs(durations, 0.5),
      p95Ms: percentileMs(durations, 0.95),
    })),
  };
}
