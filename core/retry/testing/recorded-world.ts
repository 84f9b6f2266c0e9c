import type { Random } from "../../clock.ts";
import type { FailureClass } from "../../failure/failure-class.ts";
import { type RecordedFailure, type RecordedJob, replayJob } from "../backtest-policy.ts";
import type { RetryPolicy } from "../retry-policy.ts";

const attemptMs = 20;

/** A recorded failure of 20 ms. */
export function recordedFailure(failureClass: FailureClass, startedAtMs: number): RecordedFailure {
  const finishedAtMs = startedAtMs + attemptMs;
  return { startedAtMs, finishedAtMs, class: failureClass, retryAfterMs: null, retryable: true };
}

/** What a policy leaves in the record of a job whose calls fail until `clearsAtMs` after its first; null: for ever. */
export function recordTrouble(
  policy: RetryPolicy,
  trouble: { failureClass: FailureClass; startMs: number; clearsAfterMs: number | null },
  seed: number,
): RecordedJob {
  const { failureClass, startMs, clearsAfterMs } = trouble;
  const recoveredAtMs = clearsAfterMs === null ? null : startMs + clearsAfterMs;
  const like = { priority: "normal", guarantee: "at-least-once" } as const;
  const first = recordedFailure(failureClass, startMs);
  const { recovered, retriesAtMs } = replayJob(
    { ...like, failures: [first], succeededAtMs: null, recoveredAtMs },
    policy,
    seed,
  );
  const failed = recovered ? retriesAtMs.slice(0, -1) : retriesAtMs;
  return {
    ...like,
    failures: [first, ...failed.map((atMs) => recordedFailure(failureClass, atMs))],
    succeededAtMs: recovered ? (retriesAtMs.at(-1) ?? null) : null,
    recoveredAtMs: recovered ? null : recoveredAtMs,
  };
}

/** A job each of whose retries succeeds with chance `hazard`, a second apart, within `maxAttempts`. */
export function recordChance(
  chance: { failureClass: FailureClass; startMs: number; hazard: number; maxAttempts: number },
  random: Random,
): RecordedJob {
  const { failureClass, startMs, hazard, maxAttempts } = chance;
  const failures = [recordedFailure(failureClass, startMs)];
  let succeededAtMs: number | null = null;
  while (succeededAtMs === null && failures.length < maxAttempts) {
    const atMs = startMs + failures.length * 1_000;
    if (random() < hazard) succeededAtMs = atMs;
    else failures.push(recordedFailure(failureClass, atMs));
  }
  return { priority: "normal", guarantee: "at-least-once", failures, succeededAtMs, recoveredAtMs: null };
}
