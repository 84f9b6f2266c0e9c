import type { DeliveryGuarantee } from "#core/definition/delivery-guarantee.ts";
import { failureClasses } from "#core/failure/failure-class.ts";
import { priorityAt } from "#core/priority/priority-class.ts";
import type { RecordedFailure, RecordedJob } from "#core/retry/backtest-policy.ts";
import { classRule } from "#core/retry/class-rule.ts";
import type { RetryPolicy } from "#core/retry/retry-policy.ts";
import { findRecoveries } from "#server/store/backtest/find-recoveries.ts";
import { loadRecordedJobs, type RecordedJobRow } from "#server/store/backtest/load-recorded-jobs.ts";
import { sampleFailedJobs } from "#server/store/backtest/sample-failed-jobs.ts";
import type { ApiContext } from "../context.ts";

/** The jobs of some lanes that failed within a window, as far as they are looked at. */
export interface RetryRecord {
  /** Ended by themselves. */
  ended: RecordedJob[];
  /** The failures of each job that has not ended. */
  waiting: RecordedFailure[][];
  /** Jobs looked at, and of these the ones that tell nothing: changed or cancelled by hand, no failure that counts. */
  sampled: number;
  unusable: number;
  /** False: a sample, spread over the window. */
  complete: boolean;
}

/** Read what became of jobs that failed at least once, submitted within the window, up to `limit`. `policy` tells a rule's verdict. */
export async function loadRetryRecord(
  ctx: ApiContext,
  wanted: { lanes: readonly number[]; fromMs: number; toMs: number; policy: RetryPolicy; limit: number },
): Promise<RetryRecord> {
  const sample = await sampleFailedJobs(ctx.db, wanted);
  const told = (await loadRecordedJobs(ctx.db, sample.ids)).flatMap((row): ToldJob[] => {
    const spec = ctx.engine.catalog.current.lanes.get(row.lane)?.definition.spec;
    const failures = failuresOf(row, wanted.policy);
    if (!spec || failures === null || row.amended || row.cancelled) return [];
    const last = failures.at(-1);
    return last === undefined ? [] : [{ row, failures, last, guarantee: spec.guarantee }];
  });
  const dead = told.filter(({ row }) => row.dead);
  const recoveries = await findRecoveries(
    ctx.db,
    dead.map(({ row, last }) => ({ lane: row.lane, startedAtMs: last.startedAtMs })),
  );
  const recoveredAt = new Map(dead.map(({ row }, index) => [row.id, recoveries[index] ?? null]));
  const [ended, waiting] = [told.filter(hasEnded), told.filter((job) => !hasEnded(job))];
  return {
    ended: ended.map(
      ({ row, failures, guarantee }): RecordedJob => ({
        priority: priorityAt(row.rank),
        guarantee,
        failures,
        succeededAtMs: row.succeededAtMs,
        recoveredAtMs: recoveredAt.get(row.id) ?? null,
      }),
    ),
    waiting: waiting.map(({ failures }) => failures),
    sampled: sample.ids.length,
    unusable: sample.ids.length - told.length,
    complete: sample.complete,
  };
}

/** A job whose failures tell something. */
interface ToldJob {
  row: RecordedJobRow;
  failures: RecordedFailure[];
  last: RecordedFailure;
  guarantee: DeliveryGuarantee;
}

function hasEnded({ row }: ToldJob): boolean {
  return row.succeededAtMs !== null || row.dead;
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
