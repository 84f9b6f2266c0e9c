import { lastReservedRank } from "../priority/merge-quotas.ts";
import { priorityAt, priorityClasses } from "../priority/priority-class.ts";
import type { PrioritySettings } from "../priority/priority-settings.ts";
import { priorityKey, referenceBudgetMs } from "../priority/virtual-deadline.ts";

/** What waits in one lane and class, and how work comes to it. */
export interface LineFacts {
  rank: number;
  /** Runnable jobs in line. */
  waiting: number;
  /** How long the oldest of them has waited, ms. */
  oldestMs: number;
  /** How long a slot is taken by one of its jobs, ms; null while nothing is known of it. */
  runMs: number | null;
  arrivalsPerSecond: number;
  /** Starts a second that its queue's own limit allows it; null without one. */
  mostPerSecond: number | null;
}

/** What a new job of a class has to expect. */
export interface WaitForecast {
  /** Predicted wait, ms; null while nothing is known of how long the work before it takes. */
  waitMs: number | null;
  /** Work that goes before it, in ms of one slot. */
  workMs: number;
  /** How long the oldest job of the class has waited, ms: what a wait is at least when it cannot be predicted. */
  oldestMs: number;
}

/** Arrivals are taken to go on as they are for so long at most: what comes later nobody knows, ms. */
const longestOutlookMs = 60_000;
/** Waits are looked for from the first to the last of these, ms, in steps that grow by a fifth. */
const shortestMs = 1;
const longestMs = 7 * 86_400_000;
const growth = 1.2;
/** Halvings of the step in which the wait lies: to a ten-thousandth of it. */
const halvings = 12;

/**
 * How long a new job of each class, by rank, would wait, were the work in line done by `slots` slots in the order of
 * the claim (core/priority/virtual-deadline.ts). It starts at the first time W by which all that has a better key at W
 * could have been done: of each line the jobs that are old enough by then, ages taken as even between none and the
 * oldest, and of what arrives meanwhile what overtakes it; arrivals for a minute at most, of a queue with a limit no
 * more than that lets start. Slots reserved for critical and high, and the floors of less urgent classes with a
 * backlog, are not counted on; its own floor is. An estimate.
 */
export function predictWaits(input: {
  lines: readonly LineFacts[];
  slots: number;
  settings: PrioritySettings;
}): WaitForecast[] {
  return priorityClasses.map((_, rank) => predictWait(input, rank));
}

type Facts = Parameters<typeof predictWaits>[0];

function predictWait(facts: Facts, rank: number): WaitForecast {
  const { lines, slots, settings } = facts;
  const own = lines.filter((line) => line.rank === rank);
  const oldestMs = Math.max(0, ...own.map((line) => line.oldestMs));
  const ages = agesOfKey(rank, 0, settings);
  const unknown = lines.some(
    (line) => line.runMs === null && line.waiting > 0 && shareAhead(line, ages, 0) > 0,
  );
  const workMs = lines.reduce(
    (sum, line) => sum + line.waiting * shareAhead(line, ages, 0) * (line.runMs ?? 0),
    0,
  );
  const forecast = { workMs, oldestMs };
  const open = usableSlots(lines, slots, settings, rank);
  if (workMs === 0 && !unknown) return { ...forecast, waitMs: 0 };
  if (unknown || open <= 0) return { ...forecast, waitMs: null };
  const isDone = (waitMs: number) => workBefore(facts, rank, waitMs) <= open * waitMs;
  return { ...forecast, waitMs: Math.min(firstTime(isDone), byFloor(own, slots, settings, rank)) };
}

/** Work with a better key than a job that was submitted `waitMs` ago, as far as it is known now, ms of one slot. */
function workBefore({ lines, settings }: Facts, rank: number, waitMs: number): number {
  const ages = agesOfKey(rank, waitMs, settings);
  let workMs = 0;
  for (const line of lines) {
    if (line.runMs === null) continue;
    const overtakingMs = Math.min(waitMs - (ages[line.rank] ?? 0), waitMs, longestOutlookMs);
    const arrived = (line.arrivalsPerSecond * Math.max(0, overtakingMs)) / 1_000;
    const jobs = line.waiting * shareAhead(line, ages, waitMs) + arrived;
    const most = line.mostPerSecond === null ? jobs : (line.mostPerSecond * waitMs) / 1_000;
    workMs += Math.min(jobs, most) * line.runMs;
  }
  return workMs;
}

/** The share of a line that is older, `waitMs` from now, than the ages of the key that is asked about. */
function shareAhead(line: LineFacts, ages: readonly number[], waitMs: number): number {
  const ageNowMs = (ages[line.rank] ?? 0) - waitMs;
  if (ageNowMs <= 0) return 1;
  return line.oldestMs <= ageNowMs ? 0 : (line.oldestMs - ageNowMs) / line.oldestMs;
}

/** How long a job of each rank must have waited to have the key of one of `rank` that has waited `waitMs`. */
function agesOfKey(rank: number, waitMs: number, settings: PrioritySettings): number[] {
  const key = priorityKey({ rank, runAtMs: 0, nowMs: waitMs, settings });
  return priorityClasses.map((name, of) => {
    if (of === rank) return waitMs;
    const { budgetMs, slope } = settings.classes[name];
    return key >= 0 ? budgetMs - key : budgetMs - (key * budgetMs) / (slope * referenceBudgetMs);
  });
}

/** The first time at which something that was not done is; infinite never, but a week at most. */
function firstTime(isDone: (waitMs: number) => boolean): number {
  let before = 0;
  let after = shortestMs;
  while (!isDone(after) && after < longestMs) {
    before = after;
    after *= growth;
  }
  for (let halving = 0; halving < halvings; halving++) {
    const middle = (before + after) / 2;
    if (isDone(middle)) after = middle;
    else before = middle;
  }
  return Math.min(after, longestMs);
}

/** What the class's floor alone makes of its own line. */
function byFloor(own: readonly LineFacts[], slots: number, settings: PrioritySettings, rank: number): number {
  const { floorShare } = settings.classes[priorityAt(rank)];
  const workMs = own.reduce((sum, line) => sum + line.waiting * (line.runMs ?? 0), 0);
  return floorShare === 0 || workMs === 0 ? Number.POSITIVE_INFINITY : workMs / (slots * floorShare);
}

/** Slots that a class can count on. */
function usableSlots(
  lines: readonly LineFacts[],
  slots: number,
  settings: PrioritySettings,
  rank: number,
): number {
  const reserved = rank > lastReservedRank ? settings.reservedShare : 0;
  const waiting = new Set(lines.filter((line) => line.waiting > 0).map((line) => line.rank));
  const floors = priorityClasses
    .filter((_, other) => other > rank && waiting.has(other))
    .reduce((sum, name) => sum + settings.classes[name].floorShare, 0);
  return slots * (1 - reserved) * (1 - floors);
}
