import { type RateLimit, resizeBucket, type TokenBucket } from "../flow/token-bucket.ts";
import type { BreakerGate } from "./breaker-gate.ts";

/** Probes are granted, not earned: their bucket fills so slowly that it never does. */
const neverMs = 86_400_000;

/**
 * The tokens that claims take under a gate: a bucket of the gate's rate, the probes just granted, or none (null) where
 * everything or nothing may start. `limit` is the rate that an operator set; of two rates the lower one holds. What is in
 * the bucket stays in it as far as it fits, except that a gate that shuts or begins to probe empties it.
 */
export function gateBucket(
  gate: BreakerGate,
  limit: RateLimit | null,
  before: TokenBucket | null,
  nowMs: number,
): TokenBucket | null {
  if (gate.state === "open") return null;
  if (gate.state === "half-open") {
    const probing = before?.limit.perMs === neverMs ? before.level / neverMs : 0;
    // What was granted before and not taken counts for what is granted now: never more at a time than is set.
    const permits = Math.min(100, Math.max(Math.floor(probing), gate.permits));
    return { limit: { count: 100, perMs: neverMs }, level: permits * neverMs, atMs: nowMs };
  }
  const wanted = tighter(gate, limit);
  if (wanted === null) return null;
  if (before === null || before.limit.perMs === neverMs)
    return { limit: wanted, level: wanted.perMs, atMs: nowMs };
  if (before.limit.count === wanted.count && before.limit.perMs === wanted.perMs) return before;
  return resizeBucket(before, wanted, nowMs);
}

function tighter({ ratePerSecond, burst }: BreakerGate, limit: RateLimit | null): RateLimit | null {
  if (ratePerSecond === null) return limit;
  if (limit !== null && (limit.count * 1_000) / limit.perMs <= ratePerSecond) return limit;
  const count = Math.max(1, Math.round(burst));
  return { count, perMs: Math.max(1, Math.round((count * 1_000) / ratePerSecond)) };
}
