import type { BreakerSettings } from "./breaker-settings.ts";
import type { TickSums } from "./sum-reports.ts";

/** How long calls take as a rule: exponentially weighted mean and variance of a call's duration. */
export interface UsualDuration {
  /** Calls learned from. */
  calls: number;
  meanMs: number;
  varianceMs2: number;
}

/** Nothing is known of any call. */
export const unknownDuration: UsualDuration = { calls: 0, meanMs: 0, varianceMs2: 0 };

/** The newest so many calls carry about two thirds of the weight. */
const memoryCalls = 1_000;
/** Of answers with more failures than this share nothing is learned: refusals are quick and timeouts long. */
const mostFailures = 0.2;
/** Nor where more than this share was slow: a usual that follows every slowness would know none. */
const mostSlow = 0.2;
/** Never call anything quicker than this slow unless the settings say so. */
const leastSlowMs = 500;

/**
 * Learn from the answers of one report. Reports hold sums only, so the variance is that of a report's mean times its
 * calls, which is the variance of a call when calls are independent.
 */
export function learnDuration(
  usual: UsualDuration,
  {
    succeeded,
    failed,
    slow,
    durationMsSum,
  }: Pick<TickSums, "succeeded" | "failed" | "slow" | "durationMsSum">,
): UsualDuration {
  const calls = succeeded + failed;
  if (succeeded === 0 || failed > mostFailures * calls || slow > mostSlow * calls) return usual;
  const mean = durationMsSum / calls;
  const weight = calls / (Math.min(usual.calls, memoryCalls) + calls);
  const off = mean - usual.meanMs;
  return {
    calls: Math.min(1e9, usual.calls + calls),
    meanMs: usual.meanMs + weight * off,
    varianceMs2: usual.calls === 0 ? 0 : usual.varianceMs2 + weight * (calls * off * off - usual.varianceMs2),
  };
}

/**
 * From when on a call is slow, ms: what the settings say, else 4 times the usual 95th percentile (mean + 2 standard
 * deviations; exact for exponential durations) and at least 500 ms. Null until `minimumCalls` calls are known.
 */
export function slowLimitMs(
  usual: UsualDuration,
  settings: Pick<BreakerSettings, "slowMs" | "minimumCalls">,
): number | null {
  if (settings.slowMs !== undefined) return settings.slowMs;
  if (usual.calls < settings.minimumCalls) return null;
  return Math.max(leastSlowMs, 4 * usualP95Ms(usual));
}

/** The 95th percentile of a call's duration, about. */
function usualP95Ms({ meanMs, varianceMs2 }: UsualDuration): number {
  return meanMs + 2 * Math.sqrt(varianceMs2);
}
