import type { Queryable } from "#db/client.ts";
import { type CounterBucket, readCounterSeries } from "#server/store/metrics/read-counter-series.ts";
import { type DepthBucket, readDepthSeries } from "#server/store/metrics/read-depth-series.ts";
import { readLanes } from "#server/store/overview/read-lanes.ts";
import { readNow } from "#server/store/overview/read-now.ts";
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
export async function readSeries(db: Queryable, range: SeriesRange, queue: string | null): Promise<Series> {
  const [nowMs, lanes] = await Promise.all([readNow(db), queue === null ? null : readLanes(db)]);
  const { bucketMs, buckets } = seriesRanges[range];
  const toMs = Math.floor(nowMs / bucketMs) * bucketMs + bucketMs;
  const fromMs = toMs - buckets * bucketMs;
  const only = lanes?.filter((lane) => lane.queue === queue).map((lane) => lane.lane) ?? null;
  const span = { fromMs, toMs, bucketMs, lanes: only };
  const [depths, flow] = await Promise.all([readDepthSeries(db, span), readCounterSeries(db, span)]);
  return { asOfMs: nowMs, fromMs, toMs, bucketMs, depths, flow };
}
