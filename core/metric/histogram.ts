const largestPowerMs = 2 ** 21;
const hourMs = 3_600_000;

/**
 * Upper bounds of the latency buckets in milliseconds: powers of two from 1 ms, then 1 h. A last bucket without
 * a bound follows, so a histogram has one count more than there are bounds. Workers, rollups and
 * the console share them; changing one makes stored histograms unreadable.
 */
export const latencyBucketsMs: readonly number[] = [
  ...Array.from({ length: 22 }, (_, power) => 2 ** power),
  hourMs,
];

/** A histogram without entries: one count a bucket, the unbounded last one included. */
export function emptyCounts(): number[] {
  return new Array<number>(latencyBucketsMs.length + 1).fill(0);
}

/** The bucket of a latency: the first whose bound is not below it. Negative or NaN counts as 0 ms. */
export function bucketOf(latencyMs: number): number {
  if (!(latencyMs > 1)) return 0;
  // All bounds but the last are powers of two: the place of the highest bit is the bucket.
  if (latencyMs <= largestPowerMs) return 32 - Math.clz32(Math.ceil(latencyMs) - 1);
  return latencyMs <= hourMs ? latencyBucketsMs.length - 1 : latencyBucketsMs.length;
}

/** The sum of histograms; missing counts are 0. */
export function mergeCounts(...histograms: readonly (readonly number[])[]): number[] {
  return emptyCounts().map((_, bucket) => histograms.reduce((sum, counts) => sum + (counts[bucket] ?? 0), 0));
}

/**
 * The q-quantile (0…1) of a histogram in milliseconds, null when it is empty. Spread evenly in the logarithm
 * inside its bucket (in the first: evenly), so it is within a factor of two of the exact one, never
 * outside its bucket. In the unbounded bucket it is 1 h, which then means 'at least'.
 */
export function percentileMs(counts: readonly number[], q: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total <= 0) return null;
  const wanted = Math.min(1, Math.max(0, q)) * total;
  let below = 0;
  for (let bucket = 0; bucket < counts.length; bucket += 1) {
    const count = counts[bucket] ?? 0;
    if (count > 0 && below + count >= wanted) return within(bucket, (wanted - below) / count);
    below += count;
  }
  return latencyBucketsMs.at(-1) ?? null;
}

/**
 * The mean of a histogram in milliseconds, each entry taken as the middle of its bucket (in the logarithm): within a
 * factor of 1.42 of the exact one unless it is below 1 ms. Null when it is empty.
 */
export function meanMs(counts: readonly number[]): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total <= 0) return null;
  return counts.reduce((sum, count, bucket) => sum + count * within(bucket, 0.5), 0) / total;
}

function within(bucket: number, share: number): number {
  const highMs = latencyBucketsMs[bucket];
  if (highMs === undefined) return latencyBucketsMs.at(-1) ?? 0;
  const lowMs = bucket === 0 ? 0 : (latencyBucketsMs[bucket - 1] ?? 0);
  return lowMs === 0 ? highMs * share : lowMs * (highMs / lowMs) ** share;
}
