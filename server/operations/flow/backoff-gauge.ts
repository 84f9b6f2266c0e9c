import type { BreakerSettings } from "#core/breaker/breaker-settings.ts";
import {
  advanceBackoffMultiplier,
  type BackoffMultiplier,
  type MultiplierChange,
  newBackoffMultiplier,
} from "#core/flow/backoff-multiplier.ts";
import { mergeCounts, percentileMs } from "#core/metric/histogram.ts";
import type { Queryable } from "#db/client.ts";
import type { ReportedOutcomes } from "#server/store/dependencies/read-outcomes.ts";
import { readUsualDurations } from "#server/store/dependencies/read-usual-durations.ts";

/** What is 'now' for a pace and a percentile, ms. */
const recentMs = 30_000;
/** What is usual is read this often, ms, from so long a past. */
const usualEveryMs = 600_000;
const usualSpanMs = 7 * 86_400_000;
/** Fewer calls than this have no 99th percentile. */
const leastCalls = 100;

interface Recent {
  atMs: number;
  calls: number;
  durations: number[] | null;
}

/** How one dependency waits: jobs in line for it, and the least budget of their classes, ms. */
export interface Backlog {
  waiting: number;
  budgetMs: number | null;
}

/** Keeps what the backoff multipliers of all dependencies are decided by: the pace and the latency of the last half minute. */
export class BackoffGauge {
  readonly #states = new Map<number, BackoffMultiplier>();
  readonly #recent = new Map<number, Recent[]>();
  #usualP99Ms = new Map<number, number | null>();
  #usualAtMs = Number.NEGATIVE_INFINITY;

  /** What was stored of it; none begins at 1. */
  restore(dependencyId: number, state: BackoffMultiplier | undefined, nowMs: number): void {
    this.#states.set(dependencyId, state ?? newBackoffMultiplier(nowMs));
  }

  stateOf(dependencyId: number): BackoffMultiplier | undefined {
    return this.#states.get(dependencyId);
  }

  /** Read, now and then, how long calls usually take. */
  async readUsual(db: Queryable, dependencyIds: readonly number[], nowMs: number): Promise<void> {
    if (nowMs - this.#usualAtMs < usualEveryMs) return;
    this.#usualAtMs = nowMs;
    const usual = await readUsualDurations(db, dependencyIds, usualSpanMs);
    this.#usualP99Ms = new Map([...usual].map(([id, counts]) => [id, p99Of(counts)]));
  }

  /** Look at one dependency; while its breaker holds everything itself nothing is learnt of how retries should come. */
  advance(
    dependencyId: number,
    told: readonly ReportedOutcomes[],
    backlog: Backlog,
    settings: BreakerSettings["multiplier"],
    nowMs: number,
  ): { value: number; change: MultiplierChange | null } {
    const recent = (this.#recent.get(dependencyId) ?? []).filter(({ atMs }) => atMs > nowMs - recentMs);
    let calls = 0;
    let failures = 0;
    for (const { succeeded, failed, refused, durations } of told) {
      const answered = succeeded + failed + refused;
      calls += answered;
      failures += failed + refused;
      if (answered > 0) recent.push({ atMs: nowMs, calls: answered, durations });
    }
    this.#recent.set(dependencyId, recent);
    const before = this.#states.get(dependencyId) ?? newBackoffMultiplier(nowMs);
    const perMs = recent.reduce((sum, each) => sum + each.calls, 0) / recentMs;
    const { multiplier, change } = advanceBackoffMultiplier(before, {
      nowMs,
      calls,
      failures,
      backlogMs: perMs > 0 ? backlog.waiting / perMs : null,
      budgetMs: backlog.budgetMs,
      p99Ms: p99Of(mergeCounts(...recent.flatMap(({ durations }) => (durations ? [durations] : [])))),
      usualP99Ms: this.#usualP99Ms.get(dependencyId) ?? null,
      settings,
    });
    this.#states.set(dependencyId, multiplier);
    return { value: multiplier.value, change };
  }
}

function p99Of(counts: readonly number[]): number | null {
  return counts.reduce((sum, count) => sum + count, 0) < leastCalls ? null : percentileMs(counts, 0.99);
}
