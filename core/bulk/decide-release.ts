import { sayDuration } from "../say-duration.ts";
import type { BulkGuard } from "./bulk-guard.ts";
import { type BulkHalt, type BulkVerdict, judgeJobs, type WatchedJobs } from "./judge-jobs.ts";
import { rampRate, rampTotal } from "./ramp.ts";

/** Most jobs of one tick. */
export const maxBatch = 1_000;
/** Time without ticks beyond this does not count: what was not released meanwhile is not made up for, ms. */
const longestTickMs = 1_000;

/** How far an operation is. Counts are of jobs. */
export interface BulkProgress {
  matched: number;
  taken: number;
  /** `taken` when the present canary began: at the start, and at each resume. */
  guardFrom: number;
  canaryPassed: boolean;
  /** Released by the ramp in its present phase (canary, or after it). */
  ramped: number;
  /** How long the ramp has been running in that phase, ms. */
  rampMs: number;
}

export interface ReleaseFacts {
  guard: BulkGuard;
  progress: BulkProgress;
  /** Since the tick before, ms; null at the first one. */
  sinceTickMs: number | null;
  /** The jobs done since `guardFrom` (the newest of them); null when the action has nothing to watch. */
  watched: WatchedJobs | null;
}

/** What to do in this tick. `progress` is how far the operation is when it has been done. */
export type ReleaseDecision = { progress: BulkProgress; verdict: BulkVerdict | null } & (
  | { kind: "release"; count: number }
  | { kind: "wait" }
  | { kind: "halt"; halt: BulkHalt }
  | { kind: "complete" }
);

/**
 * Decide how many jobs of an operation are done now. First the canary, at up to the highest rate; when all of it has
 * finished and nothing speaks against it, the rest by the ramp. Jobs already done are judged at every tick, and a bad
 * verdict halts at once. Time in which nobody asked is not made up for, so that no second sees more than its rate.
 */
export function decideRelease(facts: ReleaseFacts): ReleaseDecision {
  const { guard, watched } = facts;
  const stepMs = Math.min(facts.sinceTickMs ?? longestTickMs, longestTickMs);
  const verdict = watched === null ? null : judgeJobs(guard, watched);
  const guarded = verdict !== null && guard.canary > 0 && !facts.progress.canaryPassed;
  const before = { ...facts.progress, rampMs: facts.progress.rampMs + stepMs };
  if (before.taken >= before.matched) return { kind: "complete", progress: facts.progress, verdict };
  if (verdict?.halt) return { kind: "halt", halt: verdict.halt, progress: facts.progress, verdict };
  if (!guarded) return release(guard, before, before.matched, verdict);
  const canaryEnd = Math.min(before.guardFrom + guard.canary, before.matched);
  if (before.taken < canaryEnd) {
    const flat = { ...guard, startPerSecond: guard.maxPerSecond };
    return release(flat, before, canaryEnd, verdict);
  }
  if (verdict.waiting > 0 && before.rampMs < guard.canaryWaitMs)
    return { kind: "wait", progress: before, verdict };
  if (verdict.finished === 0) {
    const because = `none of the ${before.taken - before.guardFrom} canary jobs finished within ${sayDuration(guard.canaryWaitMs)}: is their queue paused, or no worker there?`;
    return { kind: "halt", halt: { kind: "no-answer", because }, progress: facts.progress, verdict };
  }
  return release(
    guard,
    { ...before, canaryPassed: true, ramped: 0, rampMs: stepMs },
    before.matched,
    verdict,
  );
}

function release(
  guard: BulkGuard,
  progress: BulkProgress,
  end: number,
  verdict: BulkVerdict | null,
): ReleaseDecision {
  const due = Math.floor(rampTotal(guard, progress.rampMs)) - progress.ramped;
  // Slow batches fall behind the ramp; what they missed is forgotten but for one second of it.
  const kept = Math.min(due, Math.max(1, Math.floor(rampRate(guard, progress.rampMs))));
  const count = Math.min(kept, end - progress.taken, maxBatch);
  const ramped = progress.ramped + (due - kept);
  if (count <= 0) return { kind: "wait", progress: { ...progress, ramped }, verdict };
  return {
    kind: "release",
    count,
    progress: { ...progress, taken: progress.taken + count, ramped: ramped + count },
    verdict,
  };
}
