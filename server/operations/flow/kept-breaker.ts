import type { BreakerGate } from "#core/breaker/breaker-gate.ts";
import { type BreakerState, newBreaker } from "#core/breaker/breaker-state.ts";
import type { BackoffMultiplier } from "#core/flow/backoff-multiplier.ts";
import type { BreakerRow } from "#server/store/dependencies/load-breakers.ts";

/** What is slow is told anew when it moved by this share … */
const slowMoved = 0.2;
/** … and not sooner than this, ms. */
const tellSlowEveryMs = 5_000;

/** The body of a breaker's row. */
export type StoredBreaker = BreakerState & { backoff?: BackoffMultiplier };

/** What a dispatcher remembers of a breaker between two looks. */
export interface Kept {
  state: BreakerState;
  gate: BreakerGate | null;
  ratePerSecond: number | null;
  multiplier: number;
  slowToldMs: number | null;
  slowToldAtMs: number;
  savedAtMs: number;
  /** Nothing of it is written yet. */
  isNew: boolean;
}

/** Of a breaker that was never judged. */
export function freshlyKept(nowMs: number): Kept {
  return {
    state: newBreaker(nowMs),
    gate: null,
    ratePerSecond: null,
    multiplier: 1,
    slowToldMs: null,
    slowToldAtMs: 0,
    savedAtMs: nowMs,
    isNew: true,
  };
}

/** A body that is empty was written by an operator: by a word on a breaker that was never judged, or to have it forget. */
export function isBlank({ body }: BreakerRow): boolean {
  return typeof (body as Partial<BreakerState>).phase !== "string";
}

/** What was written of a breaker, as whoever takes over goes on with it. */
export function asKept(row: BreakerRow, nowMs: number): Kept {
  if (isBlank(row)) return freshlyKept(nowMs);
  const { backoff, ...state } = row.body as StoredBreaker;
  return { ...freshlyKept(nowMs), state, multiplier: backoff?.value ?? 1, isNew: false };
}

/** The lower of the policy's rate and the operator's, starts a second; null for none. */
export function rateOf(rate: number | null, limit: { count: number; perMs: number } | null): number | null {
  const set = limit === null ? null : (limit.count * 1_000) / limit.perMs;
  if (rate === null || rate <= 0) return set;
  return set === null ? rate : Math.min(rate, set);
}

/** Whether claims would find another gate. */
export function isMoved(before: Kept, { gate, ratePerSecond }: Kept): boolean {
  return (
    before.gate === null ||
    gate === null ||
    before.gate.state !== gate.state ||
    before.gate.untilMs !== gate.untilMs ||
    before.gate.burst !== gate.burst ||
    before.ratePerSecond !== ratePerSecond
  );
}

/** Whether what counts as slow is to be told anew. */
export function isSlowMoved({ gate, slowToldMs, slowToldAtMs }: Kept, nowMs: number): boolean {
  const slowMs = gate?.slowMs ?? null;
  if (slowMs === null || nowMs - slowToldAtMs < tellSlowEveryMs) return false;
  return slowToldMs === null || Math.abs(slowMs - slowToldMs) > slowToldMs * slowMoved;
}
