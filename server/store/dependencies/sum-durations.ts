import { latencyBucketsMs } from "#core/metric/histogram.ts";

/** SQL that sums a column of histograms bucket by bucket: one sum each is much quicker than unnesting them. */
export function sumDurations(column: string): string {
  const sums = Array.from(
    { length: latencyBucketsMs.length + 1 },
    (_, bucket) => `coalesce(sum(${column}[${bucket + 1}]), 0)`,
  );
  return `array[${sums.join(", ")}]::int[]`;
}
