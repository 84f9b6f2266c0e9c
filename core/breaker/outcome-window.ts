import type { DependencyOutcomes } from "./dependency-outcomes.ts";

/** How long outcomes count, ms: 30 buckets of a second. */
export const outcomeWindowMs = 30_000;
const bucketMs = 1_000;

/** What was answered within a time. */
export interface OutcomeSums {
  succeeded: number;
  failed: number;
  refused: number;
  slow: number;
  overdue: number;
}

/** The outcomes of the last 30 s by the second, oldest first; seconds in which nothing was answered are absent. */
export type OutcomeWindow = readonly (OutcomeSums & {
  /** The whole second since 1970. */
  second: number;
})[];

/**
 * The window with one more report, and without what is older than 30 s at `nowMs`: seconds expire by the clock, not by
 * the number of reports. A report from the future (a clock ahead) counts as of now, one that is too old not at all.
 */
export function addOutcomes(
  window: OutcomeWindow,
  { atMs, succeeded, failed, refused, slow, overdue }: DependencyOutcomes,
  nowMs: number,
): OutcomeWindow {
  const oldest = oldestSecond(nowMs, outcomeWindowMs);
  const second = Math.floor(Math.min(atMs, nowMs) / bucketMs);
  const expired = window.findIndex((bucket) => bucket.second >= oldest);
  const kept = expired === 0 ? window : expired === -1 ? [] : window.slice(expired);
  if (second < oldest || succeeded + failed + refused + slow + overdue === 0) return kept;
  const at = kept.findIndex((bucket) => bucket.second >= second);
  const place = at === -1 ? kept.length : at;
  const known = kept[place];
  if (known?.second !== second)
    return kept.toSpliced(place, 0, { second, succeeded, failed, refused, slow, overdue });
  return kept.with(place, {
    second,
    succeeded: known.succeeded + succeeded,
    failed: known.failed + failed,
    refused: known.refused + refused,
    slow: known.slow + slow,
    overdue: known.overdue + overdue,
  });
}

/** The sums of the last `spanMs`: of the second under way and those before it that make up that time. */
export function sumOutcomes(
  window: OutcomeWindow,
  nowMs: number,
  spanMs: number = outcomeWindowMs,
): OutcomeSums {
  const oldest = oldestSecond(nowMs, spanMs);
  const sums: OutcomeSums = { succeeded: 0, failed: 0, refused: 0, slow: 0, overdue: 0 };
  for (let at = window.length - 1; at >= 0; at -= 1) {
    const bucket = window[at];
    if (!bucket || bucket.second < oldest) break;
    sums.succeeded += bucket.succeeded;
    sums.failed += bucket.failed;
    sums.refused += bucket.refused;
    sums.slow += bucket.slow;
    sums.overdue += bucket.overdue;
  }
  return sums;
}

function oldestSecond(nowMs: number, spanMs: number): number {
  return Math.floor(nowMs / bucketMs) - spanMs / bucketMs + 1;
}
