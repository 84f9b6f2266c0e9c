import { type CounterBucket, readCounterSeries } from "#server/store/metrics/read-counter-series.ts";
import { type DepthBucket, readDepthSeries } from "#server/store/metrics/read-depth-series.ts";
import type { ApiContext } from "../context.ts";
import { namedLanes } from "./named-lanes.ts";
import { type SeriesRange, seriesRanges } from "./series-range.ts";

/** Depths and flow over one range on one axis: a bucket each `bucketMs` from `fromMs` to before `toMs`, the last one still filling. */
export interface Series {
  asOfMs: number;
  fromMs: number;
  toMs: number;
  bucketMs: number;
  depths: DepthBucket[];
  flow: CounterBucket[];
}

/** The charts of the Board (`queue` null) or of one queue; at most 150 buckets whatever the range. */
export async function readSeries(
  { db, engine }: ApiContext,
  range: SeriesRange,
  queue: string | null,
): Promise<Series> {
  const nowMs = engine.clock.nowMs();
  const { bucketMs, buckets } = seriesRanges[range];
  const toMs = Math.floor(nowMs / bucketMs) * bucketMs + bucketMs;
  const fromMs = toMs - buckets * bucketMs;
  const ofQueue = namedLanes(engine.catalog.current).filter((lane) => lane.queue === queue);
  const span = { fromMs, toMs, bucketMs, lanes: queue === null ? null : ofQueue.map(({ lane }) => lane) };
  const [depths, flow] = await Promise.all([readDepthSeries(db, span), readCounterSeries(db, span)]);
  return { asOfMs: nowMs, fromMs, toMs, bucketMs, depths, flow };
}
