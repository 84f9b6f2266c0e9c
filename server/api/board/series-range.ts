/** The spans a chart can show, and into how many buckets of what width each is cut. */
export const seriesRanges = {
  "15m": { bucketMs: 10_000, buckets: 90 },
  "1h": { bucketMs: 30_000, buckets: 120 },
  "6h": { bucketMs: 180_000, buckets: 120 },
  "24h": { bucketMs: 600_000, buckets: 144 },
} as const;
export type SeriesRange = keyof typeof seriesRanges;
