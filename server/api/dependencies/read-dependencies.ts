import { type BreakerSettings, breakerSettingsSchema } from "#core/breaker/breaker-settings.ts";
import type { BreakerState } from "#core/breaker/breaker-state.ts";
import { readBudget } from "#core/breaker/budget-gauge.ts";
import { outcomeWindowMs, sumOutcomes } from "#core/breaker/outcome-window.ts";
import type { RetryBudget } from "#core/breaker/retry-budget.ts";
import { percentileMs } from "#core/metric/histogram.ts";
import {
  type DependencyFacts,
  readDependencyFacts,
  recentMs,
} from "#server/store/dependencies/read-dependency-facts.ts";
import type { BoardFacts } from "../board/build-board.ts";
import type { ApiContext } from "../context.ts";
import type { DependencyDetail, DependencySummary, DependentLane } from "./dependency-summary.ts";
import { readFallbacks } from "./read-fallbacks.ts";

/** A page of dependencies by name; `limit + 1` are asked for, to know whether there are more. */
export async function readDependencies(
  ctx: ApiContext,
  after: string | null,
  limit: number,
): Promise<{ dependencies: DependencySummary[]; next: string | null }> {
  const rows = await readDependencyFacts(ctx.db, { after, limit: limit + 1 });
  const facts = await ctx.reader.readFacts();
  const page = rows.slice(0, limit).map((row) => summarise(ctx, facts, row).summary);
  return { dependencies: page, next: rows.length > limit ? (page.at(-1)?.name ?? null) : null };
}

/** One dependency; null when no definition has named it. */
export async function readDependency(ctx: ApiContext, name: string): Promise<DependencyDetail | null> {
  const [row] = await readDependencyFacts(ctx.db, { name });
  if (row === undefined) return null;
  const facts = await ctx.reader.readFacts();
  const { summary, settings, lanes } = summarise(ctx, facts, row);
  const fallbacks = await readFallbacks(ctx, name);
  return {
    ...summary,
    settings,
    lanes,
    fallbacks,
    asOfMs: facts.nowMs,
    depthAtMs: facts.depths?.atMs ?? null,
  };
}

function summarise(
  { engine }: ApiContext,
  facts: BoardFacts,
  row: DependencyFacts,
): { summary: DependencySummary; settings: BreakerSettings; lanes: DependentLane[] } {
  const nowMs = engine.clock.nowMs();
  const settings = breakerSettingsSchema.safeParse(row.settings).data ?? breakerSettingsSchema.parse({});
  const lanes = lanesOf(engine.catalog.current.lanes.values(), facts, row.id);
  const sum = (of: (lane: DependentLane) => number) => lanes.reduce((total, lane) => total + of(lane), 0);
  const waiting = sum((lane) => lane.waiting);
  const { state, forced } = row;
  const isShut = forced === null ? state === "open" || state === "half-open" : forced === "open";
  const {
    name,
    version,
    forcedBy,
    forcedReason,
    forcedUntilMs,
    sinceMs,
    untilMs,
    ratePerSecond,
    multiplier,
    slowMs,
  } = row;
  const { openedCause, openedAtMs } = row;
  const definitions = [...engine.catalog.current.definitions.values()]
    .filter(({ spec }) => spec.dependencies?.includes(name))
    .map((definition) => definition.name);
  return {
    settings,
    lanes,
    summary: {
      ...{ name, version, state, forced, forcedBy, forcedReason, forcedUntilMs, sinceMs, multiplier, slowMs },
      untilMs: forced === null ? untilMs : null,
      opened: openedCause === null || openedAtMs === null ? null : { cause: openedCause, atMs: openedAtMs },
      ratePerSecond: forced === null ? (ratePerSecond ?? rateOf(settings)) : rateOf(settings),
      window: windowOf(row, nowMs),
      p50Ms: percentileMs(row.durations, 0.5),
      p95Ms: percentileMs(row.durations, 0.95),
      budget: budgetOf(row, settings, nowMs),
      waiting,
      held: isShut ? waiting : 0,
      heldQueues: new Set(lanes.filter((lane) => lane.waiting > 0).map(({ queue }) => queue)).size,
      retryable: sum((lane) => lane.retryable),
      running: sum((lane) => lane.running),
      definitions: definitions.sort(),
    },
  };
}

function rateOf({ rateLimit }: BreakerSettings): number | null {
  return rateLimit === null ? null : (rateLimit.count * 1_000) / rateLimit.perMs;
}

function windowOf({ body }: DependencyFacts, nowMs: number): DependencySummary["window"] {
  const { window = [] } = (body ?? {}) as Partial<BreakerState>;
  const { succeeded, failed, refused, slow, overdue } = sumOutcomes(window, nowMs);
  const calls = succeeded + failed;
  return {
    spanMs: outcomeWindowMs,
    calls,
    failed,
    // Calls that have not answered yet are slow all the same.
    slow: Math.max(slow, overdue),
    refused,
    callsPerSecond: (calls + refused) / (outcomeWindowMs / 1_000),
  };
}

function budgetOf(
  { budget, budgetAtMs, firstStarts }: DependencyFacts,
  { retryBudget }: BreakerSettings,
  nowMs: number,
): DependencySummary["budget"] {
  const stored = (budget ?? {}) as { budget?: RetryBudget; deferredAtMs?: number | null };
  const sinceMs = Math.max(budgetAtMs ?? 0, nowMs - retryBudget.windowMs);
  const uncounted = Math.round((firstStarts / recentMs) * (nowMs - sinceMs));
  const gauge = readBudget(stored.budget ?? null, { nowMs, settings: retryBudget, uncounted });
  return {
    ...gauge,
    windowMs: retryBudget.windowMs,
    about: uncounted > 0,
    deferredAtMs: stored.deferredAtMs ?? null,
  };
}

function lanesOf(
  all: Iterable<{
    id: number;
    queue: { name: string };
    definition: { name: string };
    dependencies: readonly { id: number }[];
  }>,
  { depths }: BoardFacts,
  dependencyId: number,
): DependentLane[] {
  const lanes = new Map<number, DependentLane>();
  for (const { id, queue, definition, dependencies } of all)
    if (dependencies.some((dependency) => dependency.id === dependencyId))
      lanes.set(id, {
        queue: queue.name,
        definition: definition.name,
        waiting: 0,
        retryable: 0,
        running: 0,
      });
  for (const row of depths?.rows ?? []) {
    const lane = lanes.get(row.lane);
    if (!lane) continue;
    lane.waiting += row.available;
    lane.retryable += row.retryable;
    lane.running += row.running;
  }
  return [...lanes.values()].sort(
    (a, b) => b.waiting - a.waiting || (a.queue < b.queue ? -1 : a.queue > b.queue ? 1 : 0),
  );
}
