import { z } from "zod";
import { type QueueThresholds, thresholdBounds } from "./queue-thresholds.ts";

const maxDepth = z
  .number("is a number of jobs, or null")
  .int("is a whole number of jobs")
  .min(thresholdBounds.maxDepth.least, "is at least 1 job: to take no jobs at all drain the queue")
  .max(thresholdBounds.maxDepth.most, "is at most 1,000,000 jobs");
const maxOldestMs = z
  .number("is a time in ms, or null")
  .int("is a whole number of ms")
  .min(thresholdBounds.maxOldestMs.least, "is at least 1,000 ms: the line is looked at twice a second")
  .max(thresholdBounds.maxOldestMs.most, "is at most 7 days (604,800,000 ms)");

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
