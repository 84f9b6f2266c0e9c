import type { Random } from "../clock.ts";
import type { RetryBudgetSettings } from "./retry-budget-settings.ts";

/** First starts and retries of the last window, in buckets; plain JSON. */
export interface RetryBudget {
  /** Oldest first; `atMs` is when the bucket began. */
  buckets: { atMs: number; firstStarts: number; retries: number }[];
}

/** A budget in which nothing has happened yet. */
export function newRetryBudget(): RetryBudget {
  return { buckets: [] };
}

/** What a spend is decided by. */
export interface SpendFacts {
  nowMs: number;
  /** First attempts started since the call before. */
  firstStarts: number;
  settings: RetryBudgetSettings;
  random: Random;
}

/** How many of the retries asked for may start now, and until when the others wait. */
export interface BudgetSpent {
  budget: RetryBudget;
  granted: number;
  /** When the rest may ask again, ms since 1970; null when all were granted. */
  deferUntilMs: number | null;
  /** How fast the budget fills at present: of many that wait, the k-th may come k / refillPerSecond s after the first. */
  refillPerSecond: number;
  /** For the live gauge: what is allowed in the window, and what of it is spent. */
  allowed: number;
  spent: number;
}

const bucketMs = 1_000;

/**
 * Spend a retry budget: of `wanted` retries that are due, how many may start. In any window no more than
 * minPerSecond · W + ratio · first starts; the rest waits for deficit / (minPerSecond + ratio · first starts a second),
 * stretched by up to a half so that they do not come back together. Nothing is ever dropped.
 * Source: Finagle's RetryBudget, with deferral in place of failure.
 */
export function spendBudget(budget: RetryBudget, wanted: number, facts: SpendFacts): BudgetSpent {
  const { nowMs, settings, random } = facts;
  const buckets = budget.buckets.filter(({ atMs }) => atMs + bucketMs + settings.windowMs > nowMs);
  const last = buckets.at(-1);
  const current =
    last && nowMs < last.atMs + bucketMs ? { ...last } : { atMs: nowMs, firstStarts: 0, retries: 0 };
  if (last && current.atMs === last.atMs) buckets.pop();
  current.firstStarts += facts.firstStarts;
  const firsts = buckets.reduce((sum, each) => sum + each.firstStarts, current.firstStarts);
  const spent = buckets.reduce((sum, each) => sum + each.retries, current.retries);
  const allowed = (settings.minPerSecond * settings.windowMs) / 1_000 + settings.ratio * firsts;
  const granted = Math.max(0, Math.min(wanted, Math.floor(allowed - spent)));
  current.retries += granted;
  const perMs = settings.minPerSecond / 1_000 + (settings.ratio * firsts) / settings.windowMs;
  const deficit = 1 - (allowed - spent - granted);
  const waitMs = Math.min(settings.windowMs, deficit / perMs) * (1 + random() / 2);
  return {
    budget: { buckets: [...buckets, current] },
    granted,
    refillPerSecond: perMs * 1_000,
    deferUntilMs: granted === wanted ? null : nowMs + Math.ceil(waitMs),
    allowed,
    spent: spent + granted,
  };
}
