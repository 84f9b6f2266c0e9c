import { percentileMs } from "#core/metric/histogram.ts";
import { readLatencySeries } from "#server/store/metrics/read-latency-series.ts";
import { readOldestSeries } from "#server/store/metrics/read-oldest-series.ts";
import type { ApiContext } from "../context.ts";
import { namedLanes } from "./named-lanes.ts";
import { type SeriesRange, seriesRanges } from "./series-range.ts";

/** Percentiles of a bucket, ms; within a factor of two, null without jobs. */
export interface Percentiles {
  p50Ms: number | null;
  p95Ms: number | null;
  p99Ms: number | null;
}

/** Waits (from due to start) and runs of a bucket of time; `oldestMs` null where nobody counted. */
export interface TimesBucket {
  atMs: number;
  wait: Percentiles;
  run: Percentiles;
  oldestMs: number | null;
}

/** How long jobs of a queue waited and ran over one range, with the age of the oldest that still waits. */
export interface QueueTimes {
  asOfMs: number;
  fromMs: number;
  toMs: number;
  bucketMs: number;
  buckets: TimesBucket[];
}

/** The times of a queue by bucket; at most 150 buckets whatever the range. */
export async function readQueueTimes(
  { db, engine }: ApiContext,
  range: SeriesRange,
  queue: string,
): Promise<QueueTimes> {
  const nowMs = engine.clock.nowMs();
  const { bucketMs, buckets } = seriesRanges[range];
  const toMs = Math.floor(nowMs / bucketMs) * bucketMs + bucketMs;
  const fromMs = toMs - buckets * bucketMs;
  const lanes = namedLanes(engine.catalog.current)
    .filter((lane) => lane.queue === queue)
    .map(({ lane }) => lane);
  const span = { fromMs, toMs, bucketMs, lanes };
  const [latencies, oldest] = await Promise.all([readLatencySeries(db, span), readOldestSeries(db, span)]);
  const latencyAt = new Map(latencies.map((bucket) => [bucket.atMs, bucket]));
  const oldestAt = new Map(oldest.map((bucket) => [bucket.atMs, bucket.oldestMs]));
  const times = Array.from({ length: buckets }, (_, index) => fromMs + index * bucketMs);
  return {
    asOfMs: nowMs,
    fromMs,
    toMs,
    bucketMs,
    buckets: times.map((atMs) => ({
      atMs,
      wait: percentiles(latencyAt.get(atMs)?.wait ?? []),
      run: percentiles(latencyAt.get(atMs)?.run ?? []),
      oldestMs: oldestAt.get(atMs) ?? null,
    })),
  };
}

function percentiles(counts: number[]): Percentiles {
  const whole = Array.from(counts, (count) => count ?? 0);
  return {
    p50Ms: percentileMs(whole, 0.5),
    p95Ms: percentileMs(whole, 0.95),
    p99Ms: percentileMs(whole, 0.99),
  };
}
