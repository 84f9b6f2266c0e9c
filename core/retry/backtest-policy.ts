import type { DeliveryGuarantee } from "../definition/delivery-guarantee.ts";
import type { FailureClass } from "../failure/failure-class.ts";
import type { PriorityClass } from "../priority/priority-class.ts";
import { seededRandom } from "../random.ts";
import { defaultClassRules } from "./class-rule.ts";
import { decideRetry } from "./decide-retry.ts";
import type { RetryPolicy } from "./retry-policy.ts";

/** A recorded attempt that did not complete. */
export interface RecordedFailure {
  startedAtMs: number;
  finishedAtMs: number;
  class: FailureClass;
  retryAfterMs: number | null;
  /** false: the rules said that this one failure has no chance although its class has. */
  retryable: boolean;
}

/** A job that ended by itself, as it was recorded; `failures` oldest first, at least one. */
export interface RecordedJob {
  priority: PriorityClass;
  guarantee: DeliveryGuarantee;
  failures: readonly RecordedFailure[];
  /** When the attempt that completed it started; null for a dead job. */
  succeededAtMs: number | null;
  /** For a dead job: when its definition worked again after its last attempt; null when that is not known. */
  recoveredAtMs: number | null;
}

/** What a policy would have made of one job. */
export interface ReplayedJob {
  recovered: boolean;
  attempts: number;
  /** From the start of the first attempt to the start of the one that succeeds; null when none does. */
  latencyMs: number | null;
  /** When each further attempt starts. */
  retriesAtMs: number[];
}

/** Attempts a replay follows at most; a policy may name 1,000. */
const followedAttempts = 200;

/**
 * Replay one job under a policy, with chance from `seed`. Whether a call succeeds is taken to depend on when it is
 * made and on the kind of failure alone. What kept the job from success went away at one moment: between
 * its last failure and its success (drawn evenly from there, the same for every policy of one seed); for a dead job
 * with its definition's recovery, and never without one or when its last failure is of a class that has no chance unless
 * someone acts. A call before that moment fails as the recorded
 * attempt of that time did; a call from it on succeeds. Calls last as long as recorded ones; nothing waits in line.
 */
export function replayJob(job: RecordedJob, policy: RetryPolicy, seed: number): ReplayedJob {
  const random = seededRandom(seed);
  const clearsAtMs = clearing(job, random());
  const first = job.failures[0] as RecordedFailure;
  const retriesAtMs: number[] = [];
  let startMs = first.startedAtMs;
  let failures = 0;
  let losses = 0;
  let previousDelayMs: number | null = null;
  for (let attempt = 1; ; attempt += 1) {
    if (attempt > 1 && startMs >= clearsAtMs)
      return { recovered: true, attempts: attempt, latencyMs: startMs - first.startedAtMs, retriesAtMs };
    const like = failureAt(job, startMs);
    const lost = like.class === "worker-lost";
    failures += lost ? 0 : 1;
    losses += lost ? 1 : 0;
    const nowMs = startMs + Math.max(0, like.finishedAtMs - like.startedAtMs);
    const decision = decideRetry({
      policy,
      failure: { class: like.class, retryAfterMs: like.retryAfterMs, retryable: like.retryable },
      priority: job.priority,
      guarantee: job.guarantee,
      failures,
      losses,
      attempt,
      elapsedMs: nowMs - first.startedAtMs,
      nowMs,
      random,
      previousDelayMs,
    });
    if (decision.kind !== "retry" || attempt >= followedAttempts)
      return { recovered: false, attempts: attempt, latencyMs: null, retriesAtMs };
    startMs = decision.runAtMs;
    previousDelayMs = decision.drawnDelayMs;
    retriesAtMs.push(startMs);
  }
}

function clearing(job: RecordedJob, share: number): number {
  const last = job.failures.at(-1) as RecordedFailure;
  if (job.succeededAtMs === null) {
    const hopeless = !last.retryable || !defaultClassRules[last.class].retry;
    return hopeless ? Number.POSITIVE_INFINITY : (job.recoveredAtMs ?? Number.POSITIVE_INFINITY);
  }
  const fromMs = Math.min(last.startedAtMs, job.succeededAtMs);
  // Never the moment of the failure itself: at that moment it still failed.
  return job.succeededAtMs - share * (job.succeededAtMs - fromMs);
}

function failureAt(job: RecordedJob, atMs: number): RecordedFailure {
  const { failures } = job;
  return failures.findLast((failure) => failure.startedAtMs <= atMs) ?? (failures[0] as RecordedFailure);
}
