import { priorityClasses } from "../priority/priority-class.ts";
import type { PrioritySettings } from "../priority/priority-settings.ts";
import { leastServers } from "./erlang-c.ts";

/** What comes to a pool, and stands in it, of one lane and class. */
export interface DemandLine {
  rank: number;
  arrivalsPerSecond: number;
  waiting: number;
  /** How long a slot is taken by one of its jobs, ms; null while nothing is known of it. */
  runMs: number | null;
}

/** The slots that would keep every class within its budget. */
export interface SlotDemand {
  slots: number;
  /** Erlangs: slots that arrivals alone keep busy. */
  load: number;
  /** The rank whose budget asks for most of them; null where nothing is asked for. */
  rank: number | null;
}

/** So many of the jobs of a class may wait beyond its budget. */
const lateShare = 0.05;
/** What waits is to be gone within the budget of its class, or this where that is shorter: a worker takes time to start, ms. */
const leastDrainMs = 60_000;

/**
 * How many slots would keep every class within its budget: of each class with its more urgent ones, the least number of
 * servers by Erlang C for which 19 of 20 wait no longer than its budget, and on top of that as many as do what waits of
 * them within the budget, a minute at least. Null while nobody knows how long the work takes. Retries are not foreseen;
 * those that wait count as what waits.
 */
export function findDemand(
  lines: readonly DemandLine[],
  settings: Pick<PrioritySettings, "classes">,
): SlotDemand | null {
  const busy = lines.filter((line) => line.arrivalsPerSecond > 0 || line.waiting > 0);
  if (busy.some((line) => line.runMs === null)) return null;
  const demand: SlotDemand = { slots: 0, load: 0, rank: null };
  let arrivals = 0;
  let backlogMs = 0;
  for (const [rank, name] of priorityClasses.entries()) {
    const own = busy.filter((line) => line.rank === rank);
    if (own.length === 0) continue;
    for (const { arrivalsPerSecond, waiting, runMs } of own) {
      arrivals += arrivalsPerSecond;
      demand.load += (arrivalsPerSecond * (runMs ?? 0)) / 1_000;
      backlogMs += waiting * (runMs ?? 0);
    }
    const withinMs = settings.classes[name].budgetMs;
    const runMs = arrivals > 0 ? (demand.load * 1_000) / arrivals : 0;
    const coming = leastServers({ load: demand.load, runMs, withinMs, share: lateShare });
    const slots = Math.ceil(coming + backlogMs / Math.max(withinMs, leastDrainMs));
    if (slots > demand.slots) Object.assign(demand, { slots, rank });
  }
  return demand;
}
