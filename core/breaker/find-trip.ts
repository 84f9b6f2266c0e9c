import { wilsonLowerBound } from "../metric/wilson-lower-bound.ts";
import { wilsonUpperBound } from "../metric/wilson-upper-bound.ts";
import { sayDuration } from "../say-duration.ts";
import type { BreakerSettings } from "./breaker-settings.ts";
import { type OutcomeWindow, sumOutcomes } from "./outcome-window.ts";

/** Why a breaker opens: failures in a row, their share, or the share of slow calls. */
export type TripRule = "row" | "failures" | "slow";

/** Bad answers since the last good one. */
export interface FailureRun {
  bad: number;
  /** Of them: failed, and still unanswered beyond the slow limit. */
  failed: number;
  overdue: number;
}

/** What speaks for opening, in a sentence with its figures. */
export interface Trip {
  rule: TripRule;
  cause: string;
  figures: Record<string, number | string>;
}

/** One-sided normal quantile of the whole window: 95 %. */
export const tripZ = 1.64;
/** The same question is asked over short spans too, more strictly, since it is asked ten times a second. */
const spans = [
  { spanMs: 3_000, z: 3.5 },
  { spanMs: 10_000, z: 2.6 },
  { spanMs: 30_000, z: tripZ },
];
/** A run of failures is an outage when chance would give it less than once in a thousand million calls. */
const chance = 1e-9;
const percent = (share: number) => `${Math.round(share * 100)} %`;

/**
 * Whether what was answered says that the dependency is down: a run of failures too long for chance (5 in a row while
 * fewer calls than `minimumCalls` are known), or a share of failures or slow calls whose Wilson lower bound lies above
 * its threshold over the last 3, 10 or 30 s.
 */
export function findTrip(
  window: OutcomeWindow,
  run: FailureRun,
  settings: BreakerSettings,
  slowMs: number | null,
  nowMs: number,
): Trip | null {
  return findRun(window, run, settings, nowMs) ?? findShare(window, settings, slowMs, nowMs);
}

function findRun(
  window: OutcomeWindow,
  run: FailureRun,
  settings: BreakerSettings,
  nowMs: number,
): Trip | null {
  if (run.bad < settings.consecutiveFailures) return null;
  const sums = sumOutcomes(window, nowMs);
  const failedBefore = Math.max(0, sums.failed - run.failed);
  const callsBefore = sums.succeeded + failedBefore;
  const usual = Math.min(0.9, Math.max(0.05, wilsonUpperBound(failedBefore, callsBefore, tripZ)));
  const needed =
    callsBefore < settings.minimumCalls
      ? settings.consecutiveFailures
      : Math.max(settings.consecutiveFailures, Math.ceil(Math.log(chance) / Math.log(usual)));
  if (run.bad < needed) return null;
  const hanging = run.overdue > 0 ? `, ${run.overdue} of them still unanswered beyond the slow limit` : "";
  const before =
    callsBefore === 0
      ? ""
      : `; of the ${callsBefore} calls before, ${percent(failedBefore / callsBefore)} failed`;
  return {
    rule: run.failed === 0 ? "slow" : "row",
    cause: `the last ${run.bad} calls failed in a row${hanging}${before}`,
    figures: { inARow: run.bad, overdue: run.overdue, callsBefore, failedBefore },
  };
}

function findShare(
  window: OutcomeWindow,
  settings: BreakerSettings,
  slowMs: number | null,
  nowMs: number,
): Trip | null {
  for (const { spanMs, z } of spans) {
    const { succeeded, failed, slow, overdue } = sumOutcomes(window, nowMs, spanMs);
    const calls = succeeded + failed;
    const over = sayDuration(spanMs);
    if (calls >= settings.minimumCalls) {
      const bound = wilsonLowerBound(failed, calls, z);
      if (bound > settings.failureThreshold)
        return {
          rule: "failures",
          cause: `${failed} of ${calls} calls failed in the last ${over} (${percent(failed / calls)}, surely above ${percent(settings.failureThreshold)})`,
          figures: { failed, calls, spanMs, bound },
        };
    }
    // A slow call was overdue before it was answered: each is counted once, the earlier the better.
    const late = Math.max(slow, overdue);
    const timed = late + Math.max(0, calls - slow);
    if (slowMs !== null && timed >= settings.minimumCalls) {
      const bound = wilsonLowerBound(late, timed, z);
      if (bound > settings.slowThreshold)
        return {
          rule: "slow",
          cause: `${late} of ${timed} calls took longer than ${sayDuration(slowMs)} in the last ${over} (${percent(late / timed)}, surely above ${percent(settings.slowThreshold)})`,
          figures: { slow: late, calls: timed, slowMs, spanMs, bound },
        };
    }
  }
  return null;
}
