import { newRetryBudget, type RetryBudget, spendBudget } from "#core/breaker/retry-budget.ts";
import type { RetryBudgetSettings } from "#core/breaker/retry-budget-settings.ts";
import { sayDuration } from "#core/say-duration.ts";
import type { Queryable } from "#db/client.ts";
import { countFirstStarts } from "#server/store/dependencies/count-first-starts.ts";
import {
  type BudgetReference,
  type BudgetRow,
  lockRetryBudgets,
} from "#server/store/dependencies/lock-retry-budgets.ts";
import { saveRetryBudget } from "#server/store/dependencies/save-retry-budget.ts";
import type { DueRow } from "#server/store/jobs/lock-due.ts";
import { recordAutomation } from "../automation/record-automation.ts";
import type { Catalog, Lane } from "../catalog/catalog.ts";
import type { Engine } from "../engine.ts";

/** Counts of the last moments are still on their way, ms: they are counted the next time. */
const countLagMs = 1_000;
/** A budget that deferred nothing for so long is told of anew when it does, ms. */
const quietMs = 60_000;

/** A budget as it is kept: its window, and when it last had to put something off. */
interface StoredBudget {
  budget: RetryBudget;
  deferredAtMs: number | null;
  allowed: number;
  spent: number;
}

/** Which of the due retries may start now, and how long the others wait, ms. */
export interface BudgetedRetries {
  granted: Set<string>;
  deferred: { ids: string[]; waitMs: number; gapMs: number } | null;
}

/** Whether any budget is kept at all: without one promotion is a single statement. */
export function hasBudgets(catalog: Catalog): boolean {
  if (catalog.dependencies.size > 0) return true;
  return [...catalog.definitions.values()].some(({ spec }) => spec.retryBudget !== undefined);
}

/**
 * Spend the budgets of all that the due retries call, under their locks: a retry starts when each of them has one left.
 * The rest is put off, and the feed is told when that begins.
 */
export async function spendRetryBudgets(
  engine: Engine,
  transaction: Queryable,
  due: readonly DueRow[],
): Promise<BudgetedRetries> {
  const { current } = engine.catalog;
  // Who was put off before comes at the moment that was promised.
  const retries = [...due].sort((a, b) => Number(b.deferrals > 0) - Number(a.deferrals > 0));
  const wanted = new Map<string, { of: Budgeted; retries: DueRow[] }>();
  const needs = new Map<string, string[]>();
  for (const retry of retries) {
    const lane = current.lanes.get(retry.lane);
    const budgets = lane === undefined ? [] : budgetsOf(lane);
    needs.set(
      retry.id,
      budgets.map(({ key }) => key),
    );
    for (const of of budgets) {
      const known = wanted.get(of.key) ?? { of, retries: [] };
      known.retries.push(retry);
      wanted.set(of.key, known);
    }
  }
  const left = new Map<string, number>();
  let waitMs = 0;
  let gapMs = 0;
  if (wanted.size > 0) {
    const rows = await lockRetryBudgets(
      transaction,
      [...wanted.values()].map(({ of }) => of),
    );
    for (const row of rows) {
      const asked = wanted.get(keyOf(row));
      if (asked === undefined) continue;
      const spent = await spend(engine, transaction, row, asked.of, asked.retries);
      left.set(asked.of.key, spent.granted);
      waitMs = Math.max(waitMs, spent.waitMs);
      gapMs = Math.max(gapMs, spent.gapMs);
    }
  }
  const granted = new Set<string>();
  const ids: string[] = [];
  for (const { id } of retries) {
    const keys = needs.get(id) ?? [];
    if (keys.every((key) => (left.get(key) ?? 0) > 0)) {
      for (const key of keys) left.set(key, (left.get(key) ?? 0) - 1);
      granted.add(id);
    } else ids.push(id);
  }
  return { granted, deferred: ids.length === 0 ? null : { ids, waitMs, gapMs } };
}

interface Budgeted extends BudgetReference {
  key: string;
  name: string;
  settings: RetryBudgetSettings;
  lanes: number[];
}

function keyOf({ kind, reference }: BudgetReference): string {
  return `${kind} ${reference}`;
}

function budgetsOf({ id, dependencies, definition }: Lane): Budgeted[] {
  const budgets = dependencies.map((dependency): Budgeted => {
    const reference = { kind: "dependency" as const, reference: dependency.id };
    const { retryBudget } = dependency.settings;
    return { ...reference, key: keyOf(reference), name: dependency.name, settings: retryBudget, lanes: [] };
  });
  const own = definition.spec.retryBudget;
  if (own !== undefined) {
    const reference = { kind: "definition" as const, reference: definition.id };
    budgets.push({ ...reference, key: keyOf(reference), name: definition.name, settings: own, lanes: [id] });
  }
  return budgets;
}

async function spend(
  engine: Engine,
  transaction: Queryable,
  row: BudgetRow,
  of: Budgeted,
  retries: readonly DueRow[],
): Promise<{ granted: number; waitMs: number; gapMs: number }> {
  const nowMs = engine.clock.nowMs();
  const wanted = retries.length;
  const promised = retries.filter(({ deferrals }) => deferrals > 0).length;
  const stored = row.body as Partial<StoredBudget>;
  const countedUntilMs = Math.max(row.atMs, nowMs - countLagMs);
  const sinceMs = Math.max(row.atMs, nowMs - of.settings.windowMs);
  const whose = of.kind === "dependency" ? { dependencyId: of.reference } : { lanes: of.lanes };
  const firstStarts = await countFirstStarts(transaction, whose, sinceMs, countedUntilMs);
  const { budget, granted, deferUntilMs, refillPerSecond, allowed, spent } = spendBudget(
    stored.budget ?? newRetryBudget(),
    wanted,
    { nowMs, firstStarts, promised, settings: of.settings, random: engine.random },
  );
  const deferredAtMs = deferUntilMs === null ? (stored.deferredAtMs ?? null) : nowMs;
  const body: StoredBudget = { budget, deferredAtMs, allowed, spent };
  await saveRetryBudget(transaction, of, body, countedUntilMs);
  const waitMs = deferUntilMs === null ? 0 : Math.max(1, deferUntilMs - nowMs);
  if (deferUntilMs !== null && nowMs - (stored.deferredAtMs ?? 0) > quietMs) {
    const { windowMs } = of.settings;
    await recordAutomation(transaction, {
      kind: "retries-deferred",
      objectKind: of.kind,
      objectId: of.name,
      cause: `the retry budget of ${of.name} is spent: ${spent} of ${Math.floor(allowed)} retries in ${sayDuration(windowMs)}, so ${wanted - granted} wait ${sayDuration(waitMs)} or more without using an attempt`,
      figures: { spent, allowed: Math.floor(allowed), deferred: wanted - granted, windowMs, waitMs },
    });
  }
  // Nobody waits a whole window longer than the one before.
  const gapMs = deferUntilMs === null ? 0 : Math.min(of.settings.windowMs, 1_000 / refillPerSecond);
  return { granted, waitMs, gapMs };
}
