import { z } from "zod";
import type { BulkAction } from "./bulk-action.ts";

/** Most jobs a second that an operation can be given. */
export const maxBulkRate = 1_000;

/** How an operation goes about its jobs, and when it stops by itself. */
export const bulkGuardSchema = z
  .strictObject({
    /** Jobs done first, whose fate decides whether the rest follows; 0: no canary. Only a retry has one. */
    canary: z.int().min(0).max(1_000),
    /** Jobs a second after the canary; doubles every `doubleEveryMs` up to `maxPerSecond`. */
    startPerSecond: z.number().min(0.1).max(maxBulkRate),
    maxPerSecond: z.number().min(0.1).max(maxBulkRate),
    doubleEveryMs: z.int().min(1_000).max(3_600_000),
    /** Halt when more than this share of the jobs watched fails again, by the lower bound of Wilson's interval. */
    haltAboveShare: z.number().min(0.01).max(1),
    /** Halt when a failure group that the job did not have before takes more than this share of those finished. */
    newGroupShare: z.number().min(0.01).max(1),
    /** Halt when no canary job has finished after this long. */
    canaryWaitMs: z.int().min(1_000).max(86_400_000),
  })
  .refine(({ startPerSecond, maxPerSecond }) => startPerSecond <= maxPerSecond, {
    path: ["startPerSecond"],
    message: "may not be above maxPerSecond",
  });
export type BulkGuard = z.infer<typeof bulkGuardSchema>;

/** How attempts of the same definitions ended in the last minutes. */
export interface RecentAttempts {
  completed: number;
  failed: number;
}

/**
 * A sensible pace: a retry begins with a canary of 1 % (at least 10, at most 100 jobs) and ramps from 10 to 100 jobs a
 * second, because each retry costs a dependency; everything else touches only our own database and goes at full pace.
 * Where most recent attempts failed, the canary is the smallest and the ramp begins at 1 a second.
 */
export function defaultGuard(action: BulkAction, matched: number, recent?: RecentAttempts): BulkGuard {
  const retry = action === "retry";
  const troubled = recent !== undefined && recent.failed > recent.completed;
  return {
    canary: retry
      ? Math.min(matched, troubled ? 10 : Math.max(10, Math.min(100, Math.ceil(matched / 100))))
      : 0,
    startPerSecond: retry ? (troubled ? 1 : 10) : maxBulkRate,
    maxPerSecond: retry ? 100 : maxBulkRate,
    doubleEveryMs: 10_000,
    haltAboveShare: 0.5,
    newGroupShare: 0.2,
    canaryWaitMs: 600_000,
  };
}
