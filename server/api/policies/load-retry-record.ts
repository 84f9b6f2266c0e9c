import { failureClasses } from "#core/failure/failure-class.ts";
import { priorityAt } from "#core/priority/priority-class.ts";
import type { RecordedFailure, RecordedJob } from "#core/retry/backtest-policy.ts";
import { classRule } from "#core/retry/class-rule.ts";
import type { RetryPolicy } from "#core/retry/retry-policy.ts";
import { loadRecordedJobs, type RecordedJobRow } from "#server/store/backtest/load-recorded-jobs.ts";
import { type MinuteOutcome, readMinuteOutcomes } from "#server/store/backtest/read-minute-outcomes.ts";
import { sampleFailedJobs } from "#server/store/backtest/sample-failed-jobs.ts";
import type { ApiContext } from "../context.ts";
import { findRecovery } from "./find-recovery.ts";

/** The jobs of some lanes that failed within a window, as far as they are looked at. */
export interface RetryRecord {
  /** Ended by themselves. */
  ended: RecordedJob[];
  /** The failures of each job that has not ended. */
  waiting: RecordedFailure[][];
  /** Jobs looked at, and of these the ones that tell nothing: changed by hand, cancelled, no failure that counts. */
  sampled: number;
  unusable: number;
  /** False: a sample, spread over the window. */
  complete: boolean;
  /** How attempts ended, by lane and minute. */
  minutes: MinuteOutcome[];
}

/** Read what became of jobs that failed at least once, submitted within the window, up to `limit`. `policy` tells a rule's verdict. */
export async function loadRetryRecord(
  ctx: ApiContext,
  wanted: { lanes: readonly number[]; fromMs: number; toMs: number; policy: RetryPolicy; limit: number },
): Promise<RetryRecord> {
  const { lanes, fromMs, toMs, policy } = wanted;
  const sample = await sampleFailedJobs(ctx.db, wanted);
  const [rows, minutes] = await Promise.all([
    loadRecordedJobs(ctx.db, sample.ids),
    readMinuteOutcomes(ctx.db, { lanes, fromMs, toMs }),
  ]);
  const byLane = Map.groupBy(minutes, ({ lane }) => lane);
  const record: RetryRecord = {
    ended: [],
    waiting: [],
    sampled: sample.ids.length,
    unusable: 0,
    complete: sample.complete,
    minutes,
  };
  for (const row of rows) {
    const spec = ctx.engine.catalog.current.lanes.get(row.lane)?.definition.spec;
    const failures = failuresOf(row, policy);
    const { succeededAtMs, dead } = row;
    if (!spec || failures === null || failures.length === 0 || row.amended) continue;
    if (succeededAtMs === null && !dead) {
      record.waiting.push(failures);
      continue;
    }
    const recoveredAtMs = dead ? findRecovery(byLane.get(row.lane) ?? [], failures) : null;
    const { guarantee } = spec;
    record.ended.push({
      priority: priorityAt(row.rank),
      guarantee,
      failures,
      succeededAtMs,
      recoveredAtMs,
    });
  }
  record.unusable = record.sampled - record.ended.length - record.waiting.length;
  return record;
}

/** The failures that count; null for a job that was cancelled while it ran, which no policy decides. */
function failuresOf(row: RecordedJobRow, policy: RetryPolicy): RecordedFailure[] | null {
  if (row.attempts.some(({ outcome }) => outcome === "cancelled")) return null;
  return row.attempts.flatMap((attempt): RecordedFailure[] => {
    const failureClass = failureClasses.find((each) => each === attempt.failureClass);
    if (!failureClass || attempt.outcome === "released" || attempt.outcome === "preempted") return [];
    // A lost worker that made poison was recorded as poison; what happened was a loss.
    const of = failureClass === "poison" && attempt.outcome === "lost" ? "worker-lost" : failureClass;
    // Dead although its class is retried: the rule that matched said that this one failure has no chance.
    const verdict = attempt.deadReason === "class-not-retried" && classRule(policy, of).retry;
    return [
      {
        startedAtMs: attempt.startedAtMs,
        finishedAtMs: attempt.finishedAtMs,
        class: of,
        retryAfterMs: attempt.retryAfterMs,
        retryable: !verdict,
      },
    ];
  });
}
