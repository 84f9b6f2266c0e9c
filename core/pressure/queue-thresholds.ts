import { z } from "zod";
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

const maxDepth = z
  .number("is a number of jobs, or null")
  .int("is a whole number of jobs")
  .min(1, "is at least 1 job: to take no jobs at all drain the queue")
  .max(1_000_000, "is at most 1,000,000 jobs");
const maxOldestMs = z
  .number("is a time in ms, or null")
  .int("is a whole number of ms")
  .min(1_000, "is at least 1,000 ms: the line is looked at twice a second")
  .max(7 * 86_400_000, "is at most 7 days (604,800,000 ms)");

/** `thresholds` of a queue: at least one of the two bounds; what is absent is null, the action `reject` unless said. */
export const queueThresholdsSchema: z.ZodType<QueueThresholds> = z
  .strictObject({
    maxDepth: maxDepth.nullable().default(null),
    maxOldestMs: maxOldestMs.nullable().default(null),
    action: z.enum(["reject", "signal"]).default("reject"),
  })
  .refine((thresholds) => thresholds.maxDepth !== null || thresholds.maxOldestMs !== null, {
    message: "give maxDepth, maxOldestMs or both; null instead of the whole clears them",
  });

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
