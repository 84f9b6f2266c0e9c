const firstMs = 500;
const longestMs = 15_000;
/** A child that ran this long is well again: its next restart is quick, ms. */
export const settledAfterMs = 30_000;

/** How long to wait before a child is started again after it died `deaths` times in a row: 0.5 s, doubling to 15 s. */
export function restartDelayMs(deaths: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.min(Math.max(deaths, 1) - 1, 10));
}
