import type { Random } from "../clock.ts";
import type { RetryBudgetSettings } from "./retry-budget-settings.ts";

/** First starts and retries of the last window, in buckets; plain JSON. */
export interface RetryBudget {
  /** Oldest first; `atMs` is when the bucket began. */
  buckets: { atMs: number; firstStarts: number; retries: number }[];
  /** The moment promised to the last of those put off: whoever comes later waits behind them. Absent for none. */
  promisedMs?: number;
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
  /** Of those wanted, so many were put off before and come at the moment that was promised to them. */
  promised: number;
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
/** Nothing is promised further ahead, ms: by then the budget may be another. */
const furthestMs = 600_000;

/**
 * Spend a retry budget: of `wanted` retries that are due, how many may start. In any window no more than
 * minPerSecond · W + ratio · first starts; the rest waits for deficit / (minPerSecond + ratio · first starts a second),
 * stretched by up to a half so that they do not come back together, and behind all that were put off before: what is
 * put off comes back about once, however long the line. Nothing is ever dropped.
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
  const inLineUntilMs = budget.promisedMs ?? nowMs;
  const perMs = settings.minPerSecond / 1_000 + (settings.ratio * firsts) / settings.windowMs;
  const tokens = Math.max(0, Math.floor(allowed - spent));
  const promised = Math.min(wanted, facts.promised);
  // While others wait for their moments, newcomers take only what is left beyond the next second of the line.
  const spare = inLineUntilMs > nowMs ? tokens - promised - Math.ceil(perMs * 1_000) : tokens;
  const granted = Math.min(wanted, tokens, promised + Math.max(0, spare));
  current.retries += granted;
  const deficit = 1 - (allowed - spent - granted);
  const waitMs = Math.min(settings.windowMs, Math.max(0, deficit) / perMs) * (1 + random() / 2);
  const deferUntilMs = Math.max(nowMs + Math.ceil(waitMs), Math.ceil(inLineUntilMs));
  const lastMs = Math.min(deferUntilMs + (wanted - granted) / perMs, nowMs + furthestMs);
  const promisedMs = granted === wanted ? inLineUntilMs : lastMs;
  return {
    budget: { buckets: [...buckets, current], ...(promisedMs > nowMs ? { promisedMs } : {}) },
    granted,
    refillPerSecond: perMs * 1_000,
    deferUntilMs: granted === wanted ? null : deferUntilMs,
    allowed,
    spent: spent + granted,
  };
}
