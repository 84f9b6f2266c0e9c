/** Lengths of bars that share one scale. */
export interface BarScale {
  log: boolean;
  /** Length of a count, 0…1. */
  share: (count: number) => number;
}

/** A bar is never longer than its share of so many jobs: a calm Board looks calm. */
const leastFull = 1_000;
/** Beyond this ratio of largest to smallest a linear bar hides the small ones. */
const linearRatio = 100;

/** One scale for all counts: linear, or logarithmic when the largest is more than a hundred times the smallest. */
export function barScale(counts: readonly number[]): BarScale {
  const present = counts.filter((count) => count > 0);
  const largest = Math.max(1, ...present);
  const smallest = Math.min(largest, ...present);
  const log = largest > smallest * linearRatio;
  const full = Math.max(largest, leastFull);
  const share = log
    ? (count: number) => (count <= 0 ? 0 : Math.log1p(count) / Math.log1p(full))
    : (count: number) => Math.max(0, count) / full;
  return { log, share };
}
