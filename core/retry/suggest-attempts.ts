import type { FailureClass } from "../failure/failure-class.ts";
import { betaQuantile } from "../metric/beta-quantile.ts";
import type { RecordedJob } from "./backtest-policy.ts";
import { diedEarly } from "./died-early.ts";
import { lastToldAttempt } from "./last-told-attempt.ts";
import type { ChangedPolicy } from "./policy-change.ts";
import { jeffreysHazard } from "./pool-hazards.ts";
import type { RetryOdds } from "./retry-odds.ts";
import type { RetryPolicy } from "./retry-policy.ts";

const leastTried = 30;
const leastDied = 5;
/** The last attempts are worth others after them when they surely succeed more often than this. */
const worthMore = 0.1;
/** Attempts that surely save less than this share of the jobs that come so far are not worth making. */
const worthLess = 0.01;
const mostAttempts = 25;
/** Attempts are added until a job of the kind that dies now would die in one case of ten. */
const leftDead = 0.1;

/** More attempts, when the last two still succeed often and jobs die for want of more; null when not. */
export function suggestMoreAttempts(
  policy: RetryPolicy,
  all: RetryOdds,
  jobs: readonly RecordedJob[],
): ChangedPolicy | null {
  const was = policy.maxAttempts;
  if (was >= Math.min(mostAttempts, lastToldAttempt)) return null;
  const died = jobs.filter((job) => job.failures.length >= was && diedEarly(job, policy)).length;
  const last = all.attempts.filter(({ attempt }) => attempt > 1 && attempt >= was - 1 && attempt <= was);
  const hazard = jeffreysHazard({
    tried: last.reduce((sum, { tried }) => sum + tried, 0),
    succeeded: last.reduce((sum, { succeeded }) => sum + succeeded, 0),
  });
  if (died < leastDied || hazard.tried < leastTried || hazard.low <= worthMore) return null;
  const added = Math.ceil(Math.log(leftDead) / Math.log(1 - hazard.mean));
  const maxAttempts = Math.min(mostAttempts, was + Math.min(Math.max(1, added), Math.max(2, was)));
  return {
    policy: { ...policy, maxAttempts },
    change: { kind: "more-attempts", was, maxAttempts, mean: hazard.mean, died },
  };
}

/** Fewer attempts, when those beyond save next to nothing; `limited` are classes with an answer of their own. */
export function suggestFewerAttempts(
  policy: RetryPolicy,
  jobs: readonly RecordedJob[],
  limited: ReadonlySet<FailureClass>,
): ChangedPolicy | null {
  const judged = jobs.filter(({ failures }) => {
    const last = failures.at(-1);
    return last !== undefined && !limited.has(last.class);
  });
  const was = policy.maxAttempts;
  for (let maxAttempts = 2; maxAttempts < was; maxAttempts += 1) {
    const beyond = judged.filter(
      ({ failures, succeededAtMs }) =>
        failures.length > maxAttempts || (failures.length === maxAttempts && succeededAtMs !== null),
    );
    const tried = beyond.length;
    if (tried < leastTried) return null;
    const succeeded = beyond.filter(({ succeededAtMs }) => succeededAtMs !== null).length;
    const high = betaQuantile(0.95, succeeded + 0.5, tried - succeeded + 0.5);
    if (high >= worthLess) continue;
    return {
      policy: { ...policy, maxAttempts },
      change: { kind: "fewer-attempts", was, maxAttempts, tried, succeeded, high },
    };
  }
  return null;
}
