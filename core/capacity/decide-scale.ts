import type { ScalingLimits } from "./scaling-setting.ts";

/** How many workers are asked for, and what was seen since. */
export interface ScaleState {
  workers: number;
  /** When that was last changed, ms. */
  changedAtMs: number;
  /** Since when fewer would do, and the most that were needed since; null while they would not. */
  low: { sinceMs: number; most: number } | null;
}

/** What is known at one look. */
export interface ScaleFacts {
  nowMs: number;
  /** See find-demand.ts; null while nobody can tell. */
  slotsWanted: number | null;
  slotsPerWorker: number;
  /** Workers there are. */
  workers: number;
}

/** More are asked for no more often than this, ms: a new worker takes a while to be felt. */
const raiseEveryMs = 30_000;

/**
 * Ask for more workers as soon as more are wanted, once in half a minute at most; for fewer only when fewer were enough
 * for the whole cool-down, and then for the most that were needed in it. Within the limits, always. What is asked for
 * begins as what there is.
 */
export function decideScale(
  before: ScaleState | null,
  { nowMs, slotsWanted, slotsPerWorker, workers }: ScaleFacts,
  { minWorkers, maxWorkers, cooldownMs }: ScalingLimits,
): ScaleState {
  const within = (count: number) => Math.min(maxWorkers, Math.max(minWorkers, count));
  const state = before ?? { workers: within(workers), changedAtMs: nowMs - raiseEveryMs, low: null };
  const asked = within(state.workers);
  // Limits that were edited act at once.
  if (asked !== state.workers) return { workers: asked, changedAtMs: nowMs, low: null };
  if (slotsWanted === null || slotsPerWorker <= 0) return state;
  const wanted = within(Math.ceil(slotsWanted / slotsPerWorker));
  if (wanted > asked)
    return nowMs - state.changedAtMs < raiseEveryMs
      ? { ...state, low: null }
      : { workers: wanted, changedAtMs: nowMs, low: null };
  if (wanted === asked) return { ...state, low: null };
  const low = { sinceMs: state.low?.sinceMs ?? nowMs, most: Math.max(state.low?.most ?? 0, wanted) };
  return nowMs - low.sinceMs < cooldownMs
    ? { ...state, low }
    : { workers: low.most, changedAtMs: nowMs, low: null };
}
