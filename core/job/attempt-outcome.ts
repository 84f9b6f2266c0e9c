/** How an attempt stands or ended. `released` (handed back) and `preempted` use no attempt. */
export const attemptOutcomes = [
  "running",
  "completed",
  "failed",
  "timed-out",
  "lost",
  "cancelled",
  "released",
  "preempted",
] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/**
 * What an outcome adds to the figures that a retry policy reads: `failure` and `loss` are counted apart,
 * a lost worker says nothing about the job until it happens three times.
 */
export function countedAs(outcome: AttemptOutcome): "failure" | "loss" | null {
  if (outcome === "failed" || outcome === "timed-out") return "failure";
  return outcome === "lost" ? "loss" : null;
}
