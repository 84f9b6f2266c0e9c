import type { RateLimit, TokenBucket } from "./token-bucket.ts";
import { tokensAt } from "./token-bucket.ts";

/** A queue with a cap or a rate is claimed under its lock. */
export function isLimitedQueue(queue: { maxRunning: number | null; rateLimit: RateLimit | null }): boolean {
  return queue.maxRunning !== null || queue.rateLimit !== null;
}

/** How many more jobs the cap of a queue or a definition lets run; Infinity without one. */
export function capRoom(capped: { maxRunning: number | null; running: number }): number {
  return capped.maxRunning === null
    ? Number.POSITIVE_INFINITY
    : Math.max(0, capped.maxRunning - capped.running);
}

/** How many jobs of a queue may start now, by its pause, its cap and its tokens. */
export function queueRoom(
  gate: { paused: boolean; maxRunning: number | null; running: number; bucket: TokenBucket | null },
  nowMs: number,
): number {
  if (gate.paused) return 0;
  const tokens = gate.bucket === null ? Number.POSITIVE_INFINITY : tokensAt(gate.bucket, nowMs);
  return Math.min(capRoom(gate), tokens);
}
