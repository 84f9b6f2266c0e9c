import { type RecordedJob, replayJob } from "./backtest-policy.ts";
import type { RetryPolicy } from "./retry-policy.ts";

/** What a policy changes for recorded jobs. */
export interface PolicyEffect {
  jobs: number;
  /** Jobs that only the new policy recovers, and those that only the old one does. */
  gained: number;
  lost: number;
  /** Attempts of all jobs, first ones too. */
  attemptsBefore: number;
  attemptsAfter: number;
}

/** A backtest without intervals and series, for one who compares many policies. */
export function comparePolicies(
  jobs: readonly RecordedJob[],
  old: RetryPolicy,
  next: RetryPolicy,
  seed: number,
): PolicyEffect {
  const effect: PolicyEffect = {
    jobs: jobs.length,
    gained: 0,
    lost: 0,
    attemptsBefore: 0,
    attemptsAfter: 0,
  };
  for (const [index, job] of jobs.entries()) {
    const before = replayJob(job, old, seed + index);
    const after = replayJob(job, next, seed + index);
    if (after.recovered && !before.recovered) effect.gained += 1;
    if (before.recovered && !after.recovered) effect.lost += 1;
    effect.attemptsBefore += before.attempts;
    effect.attemptsAfter += after.attempts;
  }
  return effect;
}
