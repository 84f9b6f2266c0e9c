import { lastReservedRank } from "../priority/merge-quotas.ts";
import { priorityClasses } from "../priority/priority-class.ts";
import type { PrioritySettings } from "../priority/priority-settings.ts";

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

/** A queue with a limit of its own counts with what it can start within so many budgets: no more stands in the way. */
const limitedBudgets = 2;
/** Arrivals are taken to go on as they are for so long at most: what comes later nobody knows, ms. */
const longestOutlookMs = 60_000;

/**
 * How long a new job of each class, by rank, would wait, were the work in line done in the order of the claim by
 * `slots` slots. Before a job of budget B go the jobs with an earlier deadline (run time + budget): all of the classes
 * with a smaller budget, of the others those that have waited longer than the budgets differ by (ages are taken as
 * even between none and the oldest). Arrivals of more urgent classes overtake it for as long as the budgets differ, and
 * for no more than a minute.
 * Slots reserved for critical and high, and the floors of less urgent classes with a backlog, are not counted on.
 * An estimate: the order among jobs that are late already is not modelled.
 */
export function predictWaits(input: {
  lines: readonly LineFacts[];
  slots: number;
  settings: PrioritySettings;
}): WaitForecast[] {
  return priorityClasses.map((_, rank) => predictWait(input, rank));
}

type Facts = Parameters<typeof predictWaits>[0];

function predictWait({ lines, slots, settings }: Facts, rank: number): WaitForecast {
  const budgetOf = (of: number) => settings.classes[priorityClasses[of] ?? "bulk"].budgetMs;
  const budgetMs = budgetOf(rank);
  const oldestMs = Math.max(0, ...lines.filter((line) => line.rank === rank).map((line) => line.oldestMs));
  let workMs = 0;
  let unknown = false;
  const overtaking: Overtaking[] = [];
  for (const line of lines) {
    const aheadMs = budgetMs - budgetOf(line.rank);
    const ahead = line.waiting * shareAhead(line.oldestMs, aheadMs);
    if (line.runMs === null) {
      unknown ||= ahead > 0;
      continue;
    }
    const most = line.mostPerSecond;
    const limit = most === null ? ahead : Math.min(ahead, (most * budgetMs * limitedBudgets) / 1_000);
    workMs += limit * line.runMs;
    const arrivals = most === null ? line.arrivalsPerSecond : Math.min(most, line.arrivalsPerSecond);
    // Slots that its arrivals alone keep taken.
    if (aheadMs > 0) overtaking.push({ slots: (arrivals * line.runMs) / 1_000, forMs: Math.min(aheadMs, longestOutlookMs) });
  }
  const forecast = { workMs, oldestMs };
  if (workMs === 0 && !unknown) return { ...forecast, waitMs: 0 };
  const open = usableSlots(lines, slots, settings, rank);
  if (unknown || open <= 0) return { ...forecast, waitMs: null };
  return { ...forecast, waitMs: solveWait(workMs, open, overtaking) };
}

/** Share of a line that is ahead of a newcomer whose deadline is `aheadMs` later than that of a newcomer to it. */
function shareAhead(oldestMs: number, aheadMs: number): number {
  if (aheadMs >= 0) return 1;
  return oldestMs <= -aheadMs ? 0 : (oldestMs + aheadMs) / oldestMs;
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

/** A more urgent class: slots its arrivals take, and for how long those overtake. */
interface Overtaking {
  slots: number;
  forMs: number;
}

/**
 * The wait W with W · slots = work + Σ taken · min(W, for): what overtakes does so until it stops or the job starts.
 * Linear between the moments at which one stops overtaking, so these are taken in turn.
 */
function solveWait(workMs: number, slots: number, overtaking: readonly Overtaking[]): number {
  const still = [...overtaking].sort((a, b) => a.forMs - b.forMs);
  let work = workMs;
  let taken = still.reduce((sum, each) => sum + each.slots, 0);
  for (const each of still) {
    const free = slots - taken;
    if (free > 0 && work / free <= each.forMs) return work / free;
    work += each.slots * each.forMs;
    taken -= each.slots;
  }
  return work / slots;
}
