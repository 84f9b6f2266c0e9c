import { type RecordedJob, type ReplayedJob, replayJob } from "./backtest-policy.ts";
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

/** Jobs under a policy, in their order; policies that are compared need the same seed. */
export function replayJobs(jobs: readonly RecordedJob[], policy: RetryPolicy, seed: number): ReplayedJob[] {
  return jobs.map((job, index) => replayJob(job, policy, seed + index));
}

/** The same jobs under two policies: a backtest without intervals and series, for one who compares many policies. */
export function compareReplays(before: readonly ReplayedJob[], after: readonly ReplayedJob[]): PolicyEffect {
  const effect = { jobs: before.length, gained: 0, lost: 0, attemptsBefore: 0, attemptsAfter: 0 };
  for (const [index, was] of before.entries()) {
    const is = after[index] ?? was;
    if (is.recovered && !was.recovered) effect.gained += 1;
    if (was.recovered && !is.recovered) effect.lost += 1;
    effect.attemptsBefore += was.attempts;
    effect.attemptsAfter += is.attempts;
  }
  return effect;
}
