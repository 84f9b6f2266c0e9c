import { failureClasses } from "#core/failure/failure-class.ts";
import { priorityAt } from "#core/priority/priority-class.ts";
import type { RecordedFailure, RecordedJob } from "#core/retry/backtest-policy.ts";
import { type BacktestReport, backtestPolicies } from "#core/retry/backtest-report.ts";
import { classRule } from "#core/retry/class-rule.ts";
import { compareNextDecision, type NextDecision } from "#core/retry/next-decision.ts";
import type { RetryPolicy } from "#core/retry/retry-policy.ts";
import { listWaitingRetries } from "#server/store/backtest/list-waiting-retries.ts";
import { loadRecordedJobs, type RecordedJobRow } from "#server/store/backtest/load-recorded-jobs.ts";
import { readMinuteOutcomes } from "#server/store/backtest/read-minute-outcomes.ts";
import { sampleFailedJobs } from "#server/store/backtest/sample-failed-jobs.ts";
import type { ApiContext } from "../context.ts";
import { findRecovery } from "./find-recovery.ts";
import { policyUsers } from "./policy-view.ts";

/** Jobs replayed at most. */
const mostJobs = 2_000;
const mostWaiting = 500;
const shownWaiting = 20;
/** The same jobs and policies always give the same report. */
const seed = 20_260_101;

export interface WaitingRetryView {
  id: string;
  runAtMs: number;
  change: NextDecision;
}

export interface Backtest {
  fromMs: number;
  toMs: number;
  definitions: string[];
  /** False: a sample, spread over the window. */
  complete: boolean;
  /** Jobs left out: acted on by hand, not ended yet, or without a failure that counts. */
  leftOut: number;
  report: BacktestReport;
  /** Jobs that wait for a retry now: the policy says something else of their next failure. Bounded. */
  waiting: {
    total: number;
    atLeast: boolean;
    changes: Record<NextDecision, number>;
    shown: WaitingRetryView[];
  };
}

/** Replay what was recorded of the definitions that use a policy under the policy in force and the one proposed. */
export async function runBacktest(
  ctx: ApiContext,
  input: { name: string; old: RetryPolicy; new: RetryPolicy; windowMs: number },
): Promise<Backtest> {
  const catalog = ctx.engine.catalog.current;
  const definitions = policyUsers(catalog, input.name).map(({ definition }) => definition);
  const lanes = [...catalog.lanes.values()]
    .filter((lane) => definitions.includes(lane.definition.name))
    .map((lane) => lane.id);
  const toMs = ctx.engine.clock.nowMs();
  const fromMs = toMs - input.windowMs;
  const sample = await sampleFailedJobs(ctx.db, { lanes, fromMs, toMs, limit: mostJobs });
  const [rows, minutes, waiting] = await Promise.all([
    loadRecordedJobs(ctx.db, sample.ids),
    readMinuteOutcomes(ctx.db, { lanes, fromMs, toMs }),
    listWaitingRetries(ctx.db, lanes, mostWaiting),
  ]);
  const byLane = Map.groupBy(minutes, ({ lane }) => lane);
  const jobs = rows.flatMap((row): RecordedJob[] => {
    const spec = catalog.lanes.get(row.lane)?.definition.spec;
    const failures = failuresOf(row, input.old);
    const ended = row.succeededAtMs !== null || row.dead;
    if (!spec || failures === null || failures.length === 0 || row.amended || !ended) return [];
    const recoveredAtMs = row.dead ? findRecovery(byLane.get(row.lane) ?? [], failures) : null;
    const { guarantee } = spec;
    const succeededAtMs = row.succeededAtMs;
    return [{ priority: priorityAt(row.rank), guarantee, failures, succeededAtMs, recoveredAtMs }];
  });
  const changes: Record<NextDecision, number> = { same: 0, sooner: 0, later: 0, dies: 0, retried: 0 };
  const shown: WaitingRetryView[] = [];
  for (const row of waiting) {
    const spec = catalog.lanes.get(row.lane)?.definition.spec;
    const failureClass = failureClasses.find((each) => each === row.failureClass);
    if (!spec || !failureClass) continue;
    const facts = {
      ...row,
      failureClass,
      priority: priorityAt(row.rank),
      guarantee: spec.guarantee,
      elapsedMs: Math.max(0, row.runAtMs - row.firstStartedAtMs),
    };
    const change = compareNextDecision(facts, input.old, input.new);
    changes[change] += 1;
    if (change !== "same" && shown.length < shownWaiting)
      shown.push({ id: row.id, runAtMs: row.runAtMs, change });
  }
  return {
    fromMs,
    toMs,
    definitions,
    complete: sample.complete,
    leftOut: sample.ids.length - jobs.length,
    report: backtestPolicies({ jobs, old: input.old, new: input.new, seed }),
    waiting: { total: waiting.length, atLeast: waiting.length >= mostWaiting, changes, shown },
  };
}

/** The failures that count; null for a job that was cancelled while it ran, which no policy decides. */
function failuresOf(row: RecordedJobRow, old: RetryPolicy): RecordedFailure[] | null {
  if (row.attempts.some(({ outcome }) => outcome === "cancelled")) return null;
  return row.attempts.flatMap((attempt): RecordedFailure[] => {
    const failureClass = failureClasses.find((each) => each === attempt.failureClass);
    if (!failureClass || attempt.outcome === "released" || attempt.outcome === "preempted") return [];
    // A lost worker that made poison was recorded as poison; what happened was a loss.
    const of = failureClass === "poison" && attempt.outcome === "lost" ? "worker-lost" : failureClass;
    // Dead although its class is retried: the rule that matched said that this one failure has no chance.
    const verdict = attempt.deadReason === "class-not-retried" && classRule(old, of).retry;
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
