import type { RateLimit } from "../flow/token-bucket.ts";

/** From where on a queue takes no more jobs, or says that it is full. */
export interface QueueThresholds {
  /** Jobs in line and held; null for any number. */
  maxDepth: number | null;
  /** How long the oldest of them has waited, ms; null for any time. */
  maxOldestMs: number | null;
  /** Refuse a submit, or accept it and tell the producer. */
  action: "reject" | "signal";
}

/** The least and the most of each bound. */
export const thresholdBounds = {
  maxDepth: { least: 1, most: 1_000_000 },
  maxOldestMs: { least: 1_000, most: 7 * 86_400_000 },
} as const;

/**
 * What is contradictory about thresholds beside the other limits of the queue, with the field it is about; null when
 * nothing is.
 */
export function findContradiction(
  thresholds: QueueThresholds | null,
  queue: { rateLimit: RateLimit | null; maxRunning: number | null },
): { field: "maxDepth" | "maxOldestMs"; message: string } | null {
  if (thresholds === null) return null;
  const { maxOldestMs, action } = thresholds;
  const { rateLimit, maxRunning } = queue;
  if (maxOldestMs !== null && rateLimit !== null && rateLimit.perMs / rateLimit.count > maxOldestMs) {
    const gapMs = Math.ceil(rateLimit.perMs / rateLimit.count);
    return {
      field: "maxOldestMs",
      message: `contradicts the rate limit: it starts a job every ${gapMs} ms, so a second one in line always waits longer than ${maxOldestMs} ms`,
    };
  }
  if (maxRunning === 0 && action === "reject")
    return {
      field: maxOldestMs === null ? "maxDepth" : "maxOldestMs",
      message:
        "contradicts a maxRunning of 0: nothing starts, so the line only grows until every submit is refused; drain or pause the queue instead",
    };
  return null;
}
