import type { BreakerStateName } from "../breaker/breaker-gate.ts";
import { type TokenBucket, tokensAt } from "./token-bucket.ts";

/** How a dependency is held: what its breaker says, an operator's word above it, and starts a second when they are limited. */
export interface DependencyHold {
  state: BreakerStateName;
  forced: "open" | "closed" | null;
  ratePerSecond: number | null;
}

/** Whether nothing that needs the dependency may start. An operator's word is above the policy's. */
export function isShut({ state, forced }: Pick<DependencyHold, "state" | "forced">): boolean {
  return forced === null ? state === "open" : forced === "open";
}

/** Whether starts take tokens: probes, the ramp, or a rate. What is forced closed takes none. */
export function isLimited({ state, forced, ratePerSecond }: DependencyHold): boolean {
  if (forced === "closed") return false;
  return state === "half-open" || state === "recovering" || ratePerSecond !== null;
}

/** A gate as it is found under its lock. */
type TokenGate = Pick<DependencyHold, "state" | "forced"> & { bucket: TokenBucket | null };

/** The bucket that starts take their tokens from; null where none is kept, or where an operator's word stands above it. */
export function takenFrom({ state, forced, bucket }: TokenGate): TokenBucket | null {
  return forced === null && state !== "open" ? bucket : null;
}

/** How many jobs that need the dependency may start now; Infinity where nothing limits them. */
export function dependencyRoom(gate: TokenGate, nowMs: number): number {
  if (isShut(gate)) return 0;
  const bucket = takenFrom(gate);
  return bucket === null ? Number.POSITIVE_INFINITY : tokensAt(bucket, nowMs);
}
