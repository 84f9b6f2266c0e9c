import { wilsonLowerBound } from "../metric/wilson-lower-bound.ts";
import type { BreakerSettings } from "./breaker-settings.ts";
import { tripZ } from "./find-trip.ts";
import type { TickSums } from "./sum-reports.ts";

/** The way back from an outage to what the dependency is known to bear. Rates in calls a second, times in ms since 1970. */
export interface Ramp {
  /** When the outage began, for the gap between probes should it go on. */
  openedMs: number;
  startedMs: number;
  targetPerSecond: number;
  ratePerSecond: number;
  stepMs: number;
  /** Answers since the ramp began. */
  answered: number;
  failed: number;
  /** Answers of the present step. */
  stepAnswered: number;
  stepFailed: number;
}

/** A ramp begins no lower, and with nothing known aims no higher. */
const leastPerSecond = 5;
const unknownTarget = 20;
/** One step lasts at least so long. */
const stepLengthMs = 200;
/** Without demand there are no answers to wait for: after this the ramp ends by itself. */
const idleMs = 10_000;
/** A step is healthy while failures are not surely above this. */
const healthyShare = 0.1;

/** A ramp to the best throughput known, from half of it, or from less the more often the dependency relapsed. */
export function beginRamp(
  bestPerSecond: number | null,
  capPerSecond: number,
  relapses: number,
  openedMs: number,
  nowMs: number,
): Ramp {
  const targetPerSecond = Math.min(capPerSecond, Math.max(leastPerSecond, bestPerSecond ?? unknownTarget));
  const ratePerSecond = Math.max(leastPerSecond, targetPerSecond / 2 ** Math.min(6, 1 + relapses));
  return {
    openedMs,
    startedMs: nowMs,
    targetPerSecond,
    ratePerSecond: Math.min(capPerSecond, ratePerSecond),
    stepMs: nowMs,
    answered: 0,
    failed: 0,
    stepAnswered: 0,
    stepFailed: 0,
  };
}

/** The ramp after a tick, and whether it is over. */
export interface RampAdvance {
  ramp: Ramp;
  verdict: "going" | "done" | "relapsed";
}

/**
 * One tick of a ramp: the rate doubles with each healthy step of 200 ms that was answered, up to the target. It judges
 * by what was answered and never by what is still under way. Relapsed is said only when the failures of the whole ramp
 * are surely above the threshold that opened the breaker.
 */
export function advanceRamp(
  before: Ramp,
  { nowMs, sums, settings }: { nowMs: number; sums: TickSums; settings: BreakerSettings },
): RampAdvance {
  const calls = sums.succeeded + sums.failed;
  const ramp: Ramp = {
    ...before,
    answered: before.answered + calls,
    failed: before.failed + sums.failed,
    stepAnswered: before.stepAnswered + calls,
    stepFailed: before.stepFailed + sums.failed,
  };
  const enough = ramp.failed >= settings.consecutiveFailures;
  if (enough && wilsonLowerBound(ramp.failed, ramp.answered, tripZ) > settings.failureThreshold)
    return { ramp, verdict: "relapsed" };
  const idle = nowMs - ramp.stepMs >= idleMs && ramp.stepAnswered === 0;
  if (idle) return { ramp, verdict: "done" };
  const wanted = Math.max(1, (ramp.ratePerSecond * stepLengthMs) / 4_000);
  const stepped = nowMs - ramp.stepMs >= stepLengthMs && ramp.stepAnswered >= wanted;
  const healthy = wilsonLowerBound(ramp.stepFailed, ramp.stepAnswered, tripZ) <= healthyShare;
  if (!stepped || !healthy) return { ramp, verdict: "going" };
  if (ramp.ratePerSecond >= ramp.targetPerSecond) return { ramp, verdict: "done" };
  const ratePerSecond = Math.min(ramp.targetPerSecond, ramp.ratePerSecond * 2);
  return {
    ramp: { ...ramp, ratePerSecond, stepMs: nowMs, stepAnswered: 0, stepFailed: 0 },
    verdict: "going",
  };
}
