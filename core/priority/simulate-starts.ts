import { floorCounts, noFloorsOwed, recordStarts } from "./floor-accumulator.ts";
import { lastReservedRank, mergeQuotas } from "./merge-quotas.ts";
import { type PriorityClass, priorityClasses } from "./priority-class.ts";
import type { PrioritySettings } from "./priority-settings.ts";
import { slotsFor } from "./reserve-slots.ts";

/** How things stand in one class. */
export interface ClassLoad {
  waiting: number;
  /** How long its oldest job has been due, ms. */
  oldestMs: number;
  running: number;
  arrivalsPerSecond: number;
}

/** What the next starts come to for one class. */
export interface ClassStarts {
  starts: number;
  /** Longest wait of a job that starts, from due to start; null when none does. */
  longestWaitMs: number | null;
  /** Jobs that still wait at the end, and how long the oldest of them has. */
  left: number;
  leftOldestMs: number;
  /** Starts that came later than the budget allows. */
  late: number;
}

export interface StartsForecast {
  byClass: Record<PriorityClass, ClassStarts>;
  starts: number;
  /** How long those starts take, ms. */
  overMs: number;
}

/** More slots than this are taken as this many that are so much quicker: the order is the same, the work bounded. */
const mostSlots = 200;

/**
 * Which classes the next `starts` starts go to under `settings`, by the very functions of the claim: the merge, the
 * floors, the reservation. Taken for granted: what waits is spread evenly from the oldest on, arrivals are even, every
 * job holds its slot for the same time (the one that `startsPerSecond` and `slots` give), nothing is retried, paused or
 * capped. Running jobs end evenly over that time.
 */
export function simulateStarts(input: {
  settings: PrioritySettings;
  loads: Readonly<Record<PriorityClass, ClassLoad>>;
  slots: number;
  /** How fast work starts when there is enough of it. */
  startsPerSecond: number;
  starts: number;
}): StartsForecast {
  const { settings, loads } = input;
  const slots = Math.max(1, Math.min(mostSlots, Math.round(input.slots)));
  const holdMs = (slots * 1_000) / Math.max(0.001, input.startsPerSecond);
  const lines = priorityClasses.map((name) => lineOf(loads[name]));
  const busy = runningNow(loads, slots, holdMs);
  const classes = priorityClasses.map(
    (): ClassStarts => ({ starts: 0, longestWaitMs: null, left: 0, leftOldestMs: 0, late: 0 }),
  );
  let floors = noFloorsOwed;
  let nowMs = 0;
  let started = 0;
  for (let turn = 0; started < input.starts && turn < input.starts * 4 + mostSlots; turn += 1) {
    while (busy.length > 0 && (busy[0]?.endsMs ?? 0) <= nowMs) busy.shift();
    const free = slots - busy.length;
    const runningOther = busy.filter(({ rank }) => rank > lastReservedRank).length;
    const { max, maxOther } = slotsFor({
      concurrency: slots,
      runningOther,
      free,
      reservedShare: settings.reservedShare,
    });
    const n = Math.min(max, input.starts - started);
    const backlog = lines.map((line) => (line.dueMs(line.taken) ?? Number.POSITIVE_INFINITY) <= nowMs);
    const heads = lines.flatMap((line, rank) => line.heads(rank, n, nowMs));
    const merged =
      n > 0 && heads.length > 0
        ? mergeQuotas({
            heads,
            n,
            settings,
            floors: floorCounts(floors, { n, backlog, settings }),
            maxOther,
            nowMs,
          })
        : { picked: [], quotas: [] };
    const counts = priorityClasses.map(
      (_, rank) => merged.quotas.find((quota) => quota.rank === rank)?.count ?? 0,
    );
    for (const [rank, count] of counts.entries()) {
      const line = lines[rank];
      const of = classes[rank];
      for (let one = 0; line && of && one < count; one += 1) {
        const waitMs = nowMs - (line.dueMs(line.taken) ?? nowMs);
        line.taken += 1;
        of.starts += 1;
        of.longestWaitMs = Math.max(of.longestWaitMs ?? 0, waitMs);
        if (waitMs > settings.classes[priorityClasses[rank] ?? "bulk"].budgetMs) of.late += 1;
        busy.push({ rank, endsMs: nowMs + holdMs });
        started += 1;
      }
    }
    floors = recordStarts(floors, { started: counts, backlog, settings });
    const nextEnd = busy.find(({ endsMs }) => endsMs > nowMs)?.endsMs ?? Number.POSITIVE_INFINITY;
    const hasRoom = busy.length < slots;
    const nextDue = hasRoom
      ? lines.reduce((least, line) => {
          const dueMs = line.dueMs(line.taken);
          return dueMs !== null && dueMs > nowMs ? Math.min(least, dueMs) : least;
        }, Number.POSITIVE_INFINITY)
      : Number.POSITIVE_INFINITY;
    const next = Math.min(nextEnd, nextDue);
    if (next === Number.POSITIVE_INFINITY) break;
    nowMs = next;
  }
  for (const [rank, line] of lines.entries()) {
    const of = classes[rank];
    if (!of) continue;
    of.left = line.leftAt(nowMs);
    of.leftOldestMs = of.left > 0 ? nowMs - (line.dueMs(line.taken) ?? nowMs) : 0;
  }
  const byClass = Object.fromEntries(priorityClasses.map((name, rank) => [name, classes[rank]])) as Record<
    PriorityClass,
    ClassStarts
  >;
  return { byClass, starts: started, overMs: nowMs };
}

/** A class's line: the k-th job is due at a time that needs no list. */
function lineOf(load: ClassLoad) {
  const waiting = Math.max(0, Math.floor(load.waiting));
  const gapMs = waiting > 0 ? load.oldestMs / waiting : 0;
  const everyMs = load.arrivalsPerSecond > 0 ? 1_000 / load.arrivalsPerSecond : null;
  const dueMs = (place: number): number | null => {
    if (place < waiting) return -load.oldestMs + place * gapMs;
    return everyMs === null ? null : (place - waiting + 1) * everyMs;
  };
  return {
    taken: 0,
    dueMs,
    heads(rank: number, n: number, nowMs: number) {
      const heads: { lane: number; rank: number; runAtMs: number; id: number }[] = [];
      for (let place = this.taken; place < this.taken + n; place += 1) {
        const runAtMs = dueMs(place);
        if (runAtMs === null || runAtMs > nowMs) break;
        heads.push({ lane: 0, rank, runAtMs, id: place });
      }
      return heads;
    },
    leftAt(nowMs: number): number {
      const arrived = everyMs === null ? 0 : Math.floor(nowMs / everyMs);
      return Math.max(0, waiting + arrived - this.taken);
    },
  };
}

function runningNow(loads: Readonly<Record<PriorityClass, ClassLoad>>, slots: number, holdMs: number) {
  const running = priorityClasses.map((name) => Math.max(0, loads[name].running));
  const total = running.reduce((sum, count) => sum + count, 0);
  const scale = total > slots ? slots / total : 1;
  const ranks = running.flatMap((count, rank) =>
    Array.from({ length: Math.floor(count * scale) }, () => rank),
  );
  return ranks
    .map((rank, index) => ({ rank, endsMs: (((index * 7) % ranks.length) + 1) * (holdMs / ranks.length) }))
    .sort((a, b) => a.endsMs - b.endsMs);
}
