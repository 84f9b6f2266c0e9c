import { failureClasses } from "#core/failure/failure-class.ts";
import { priorityAt } from "#core/priority/priority-class.ts";
import { type BacktestReport, backtestPolicies } from "#core/retry/backtest-report.ts";
import { compareNextDecision, type NextDecision } from "#core/retry/next-decision.ts";
import type { RetryPolicy } from "#core/retry/retry-policy.ts";
import { listWaitingRetries } from "#server/store/backtest/list-waiting-retries.ts";
import type { ApiContext } from "../context.ts";
import { loadRetryRecord } from "./load-retry-record.ts";
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
  const [record, waiting] = await Promise.all([
    loadRetryRecord(ctx, { lanes, fromMs, toMs, policy: input.old, limit: mostJobs }),
    listWaitingRetries(ctx.db, lanes, mostWaiting),
  ]);
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
    complete: record.complete,
    leftOut: record.sampled - record.ended.length,
    report: backtestPolicies({ jobs: record.ended, old: input.old, new: input.new, seed }),
    waiting: { total: waiting.length, atLeast: waiting.length >= mostWaiting, changes, shown },
  };
}
