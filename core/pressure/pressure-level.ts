/** How pressed a priority class is, from at ease to closed but for critical. */
export const pressureLevels = ["green", "yellow", "red", "black"] as const;
export type PressureLevel = (typeof pressureLevels)[number];

/** Shares of a class's wait budget at which its level turns, and how long a turn takes, ms. */
export const levelBounds = {
  /** From here on a green class is yellow. */
  yellowFrom: 0.8,
  /** Below this a yellow class is green again. */
  greenBelow: 0.5,
  /** From here on, for `redAfterMs` without a break, a class is red. */
  redFrom: 1.5,
  /** Below this a red class is yellow again. */
  yellowBelow: 1,
  redAfterMs: 10_000,
  /** How long the wait must stay below a bound before the level falls. */
  easeAfterMs: 10_000,
  /** Time between a rise and a fall, whichever comes first: so a level turns round at most twice a minute. */
  turnAfterMs: 30_000,
} as const;

/** The level of one class with what it takes to move it. Times in ms since 1970. */
export interface LevelState {
  /** Black is not in here: it is the storage guard's, and of all classes together. */
  level: "green" | "yellow" | "red";
  sinceMs: number;
  /** Since when the predicted wait is high enough for red; null while it is not. */
  highSinceMs: number | null;
  /** Since when it is low enough for the next lower level; null while it is not. */
  lowSinceMs: number | null;
  roseAtMs: number | null;
  fellAtMs: number | null;
}

/** A class of which nothing is known yet. */
export function calmLevel(nowMs: number): LevelState {
  return {
    level: "green",
    sinceMs: nowMs,
    highSinceMs: null,
    lowSinceMs: null,
    roseAtMs: null,
    fellAtMs: null,
  };
}

/**
 * The level of a class one look later, from its predicted wait and its budget, both ms; a wait of null (nothing is
 * known of it) counts as none. Yellow from 0.8 budgets, red from 1.5 budgets for 10 s; back to yellow below 1 and to
 * green below 0.5 budgets, each for 10 s; and never a rise within 30 s of a fall or a fall within 30 s of a rise.
 */
export function nextLevel(
  before: LevelState,
  seen: { nowMs: number; waitMs: number | null; budgetMs: number },
): LevelState {
  const { nowMs } = seen;
  const share = (seen.waitMs ?? 0) / seen.budgetMs;
  const easeBelow = before.level === "red" ? levelBounds.yellowBelow : levelBounds.greenBelow;
  const highSinceMs = share >= levelBounds.redFrom ? (before.highSinceMs ?? nowMs) : null;
  const lowSinceMs = share < easeBelow ? (before.lowSinceMs ?? nowMs) : null;
  const state = { ...before, highSinceMs, lowSinceMs };
  const mayRise = before.fellAtMs === null || nowMs - before.fellAtMs >= levelBounds.turnAfterMs;
  const mayFall = before.roseAtMs === null || nowMs - before.roseAtMs >= levelBounds.turnAfterMs;
  const isHigh = highSinceMs !== null && nowMs - highSinceMs >= levelBounds.redAfterMs;
  if (before.level !== "red" && isHigh && mayRise) return moved(state, "red", nowMs, "rise");
  if (before.level === "green" && share >= levelBounds.yellowFrom && mayRise)
    return moved(state, "yellow", nowMs, "rise");
  const isLow = lowSinceMs !== null && nowMs - lowSinceMs >= levelBounds.easeAfterMs;
  if (before.level !== "green" && isLow && mayFall)
    return moved(state, before.level === "red" ? "yellow" : "green", nowMs, "fall");
  return state;
}

function moved(
  state: LevelState,
  level: LevelState["level"],
  nowMs: number,
  way: "rise" | "fall",
): LevelState {
  const turn = way === "rise" ? { roseAtMs: nowMs } : { fellAtMs: nowMs };
  return { ...state, level, sinceMs: nowMs, lowSinceMs: null, ...turn };
}

/** The more pressed of two levels. */
export function worseLevel(a: PressureLevel, b: PressureLevel): PressureLevel {
  return pressureLevels.indexOf(a) >= pressureLevels.indexOf(b) ? a : b;
}
