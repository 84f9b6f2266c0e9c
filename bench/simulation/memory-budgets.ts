import { newRetryBudget, type RetryBudget, spendBudget } from "../../core/breaker/retry-budget.ts";
import type { Random } from "../../core/clock.ts";
import type { HeldJob, QueueLayout, Report } from "./queue-store.ts";

/** As in spend-retry-budgets.ts: counts of the last moments are still on their way, ms. */
const countLagMs = 1_000;
/** As in lock-retry-budgets.ts: a budget that was never spent from begins so long ago, ms. */
const budgetStartMs = 30_000;

interface Budget {
  budget: RetryBudget;
  /** Starts are counted up to here; null while nothing was spent. */
  atMs: number | null;
  starts: { atMs: number; count: number }[];
}

/** Which retries may start, and how the others wait: the first `waitMs`, each other `gapMs` after the one before. */
export interface SpentBudgets {
  granted: ReadonlySet<number>;
  waitMs: number;
  gapMs: number;
}

/** The retry budgets of dependencies, as spend-retry-budgets.ts keeps them on Postgres. */
export class MemoryBudgets {
  readonly #layout: QueueLayout;
  readonly #random: Random;
  readonly #budgets: Budget[];
  /** Jobs put off since their failure. */
  readonly #putOff = new Set<number>();

  constructor(layout: QueueLayout, random: Random) {
    this.#layout = layout;
    this.#random = random;
    this.#budgets = layout.dependencies.map(() => ({ budget: newRetryBudget(), atMs: null, starts: [] }));
  }

  /** First starts earn retries. */
  add({ dependency, outcomes: { atMs, firstStarts } }: Report): void {
    if (firstStarts > 0) this.#budgets[dependency]?.starts.push({ atMs, count: firstStarts });
  }

  /** A retry starts when the budget of each of its dependencies has one left. */
  spend(due: readonly HeldJob[], nowMs: number): SpentBudgets {
    const isPutOff = ({ number }: HeldJob) => this.#putOff.has(number);
    const retries = [...due.filter(isPutOff), ...due.filter((job) => !isPutOff(job))];
    const needs = ({ lane }: HeldJob) => this.#layout.lanes[lane]?.dependencies ?? [];
    const asked = new Map<number, { wanted: number; promised: number }>();
    for (const job of retries)
      for (const each of needs(job)) {
        const known = asked.get(each) ?? { wanted: 0, promised: 0 };
        asked.set(each, {
          wanted: known.wanted + 1,
          promised: known.promised + (isPutOff(job) ? 1 : 0),
        });
      }
    const left = new Map<number, number>();
    let [waitMs, gapMs] = [0, 0];
    for (const [dependency, wanted] of [...asked].sort(([a], [b]) => a - b)) {
      const spent = this.#spend(dependency, wanted, nowMs);
      left.set(dependency, spent.granted);
      waitMs = Math.max(waitMs, spent.waitMs);
      gapMs = Math.max(gapMs, spent.gapMs);
    }
    const granted = new Set<number>();
    for (const job of retries) {
      if (!needs(job).every((each) => (left.get(each) ?? 0) > 0)) continue;
      for (const each of needs(job)) left.set(each, (left.get(each) ?? 0) - 1);
      granted.add(job.number);
    }
    for (const { number } of retries)
      if (granted.has(number)) this.#putOff.delete(number);
      else this.#putOff.add(number);
    return { granted, waitMs, gapMs };
  }

  #spend(dependency: number, { wanted, promised }: { wanted: number; promised: number }, nowMs: number) {
    const kept = this.#budgets[dependency];
    const settings = this.#layout.dependencies[dependency]?.settings.retryBudget;
    if (kept === undefined || settings === undefined) throw new RangeError(`no dependency ${dependency}`);
    const fromMs = kept.atMs ?? nowMs - budgetStartMs;
    const untilMs = Math.max(fromMs, nowMs - countLagMs);
    const sinceMs = Math.max(fromMs, nowMs - settings.windowMs);
    const firstStarts = kept.starts
      .filter(({ atMs }) => atMs >= sinceMs && atMs < untilMs)
      .reduce((sum, { count }) => sum + count, 0);
    const facts = { nowMs, firstStarts, promised, settings, random: this.#random };
    const { budget, granted, deferUntilMs, refillPerSecond } = spendBudget(kept.budget, wanted, facts);
    kept.starts = kept.starts.filter(({ atMs }) => atMs >= untilMs);
    Object.assign(kept, { budget, atMs: untilMs });
    if (deferUntilMs === null) return { granted, waitMs: 0, gapMs: 0 };
    const gapMs = Math.min(settings.windowMs, 1_000 / refillPerSecond);
    return { granted, waitMs: Math.max(1, deferUntilMs - nowMs), gapMs };
  }
}
