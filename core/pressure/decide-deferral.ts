import { lastReservedRank } from "../priority/merge-quotas.ts";
import { priorityClasses } from "../priority/priority-class.ts";
import type { LevelState } from "./pressure-level.ts";

/** Work that can wait is kept back since `sinceMs`, at the latest until `untilMs`. */
export interface Deferral {
  sinceMs: number;
  untilMs: number;
  /** The class that misses its budget. */
  forRank: number;
}

/** Whether work is kept back, and since when it may not be again. */
export interface DeferralState {
  deferral: Deferral | null;
  /** When the last deferral ended for having lasted too long; null when it ended by itself. */
  spentAtMs: number | null;
}

/** Nothing is kept back without a break for longer than this, ms … */
export const longestDeferralMs = 600_000;
/** … and after that nothing is kept back for so long, ms. */
export const breatherMs = 120_000;

/** The class that is kept back: bulk. Definitions marked deferrable are too, whatever their class. */
export const deferredRank = priorityClasses.length - 1;

/**
 * Whether bulk and deferrable work is kept back: while critical or high is red. Their levels have hysteresis, so
 * this needs none of its own. After ten minutes without a break it is let go for two, whatever the levels are.
 */
export function decideDeferral(
  before: DeferralState,
  seen: { nowMs: number; levels: readonly LevelState["level"][] },
): DeferralState {
  const { nowMs, levels } = seen;
  const forRank = levels.findIndex((level, rank) => rank <= lastReservedRank && level === "red");
  if (forRank < 0) return { deferral: null, spentAtMs: before.spentAtMs };
  if (before.deferral !== null) {
    if (nowMs < before.deferral.untilMs) return { ...before, deferral: { ...before.deferral, forRank } };
    return { deferral: null, spentAtMs: nowMs };
  }
  if (before.spentAtMs !== null && nowMs - before.spentAtMs < breatherMs) return before;
  return { deferral: { sinceMs: nowMs, untilMs: nowMs + longestDeferralMs, forRank }, spentAtMs: null };
}
