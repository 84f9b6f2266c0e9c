import type { BreakerStateName } from "./breaker-gate.ts";
import type { FailureRun, TripRule } from "./find-trip.ts";
import type { KnownGood } from "./known-good.ts";
import type { Outage } from "./outage.ts";
import type { OutcomeWindow } from "./outcome-window.ts";
import type { Ramp } from "./ramp.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import { type UsualDuration, unknownDuration } from "./usual-duration.ts";

/** What a breaker remembers between two ticks: plain JSON, for whoever ticks it next; opaque to whoever stores it. */
export interface BreakerState {
  phase: BreakerStateName;
  /** Since when it is in this phase; a probe and the time before it are one phase here. */
  sinceMs: number;
  forced: "open" | "closed" | null;
  window: OutcomeWindow;
  run: FailureRun;
  usual: UsualDuration;
  knownGood: KnownGood;
  /** While open or half-open. */
  outage: Outage | null;
  /** While recovering. */
  ramp: Ramp | null;
  /** While closed and the dependency refuses, or is not known to bear more. */
  limiter: RateLimiter | null;
  /** How often it opened again before it had been closed for ten minutes. */
  relapses: number;
  /** What opened it last. */
  rule: TripRule | null;
  /** The limit that was published, kept until what is usual has moved by a fifth. */
  slowMs: number | null;
}

/** A breaker that knows nothing yet: closed. */
export function newBreaker(nowMs: number): BreakerState {
  return {
    phase: "closed",
    sinceMs: nowMs,
    forced: null,
    window: [],
    run: { bad: 0, failed: 0, overdue: 0 },
    usual: unknownDuration,
    knownGood: [],
    outage: null,
    ramp: null,
    limiter: null,
    relapses: 0,
    rule: null,
    slowMs: null,
  };
}
