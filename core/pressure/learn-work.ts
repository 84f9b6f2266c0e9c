import { priorityClasses } from "../priority/priority-class.ts";

/** What was seen of a lane, older sightings counting less and less. Times in ms. */
export interface LaneWork {
  /** Time that slots were taken by it. */
  busyMs: number;
  /** Attempts that ended. */
  ended: number;
  /** Jobs submitted, by rank. */
  submitted: readonly number[];
  /** The time it was looked at, faded likewise. */
  seenMs: number;
}

/** One look at a lane. */
export interface LaneSighting {
  running: number;
  /** Attempts that ended since the last look. */
  ended: number;
  /** By rank. */
  submitted: readonly number[];
}

/** A sighting counts a third after this long, ms. */
const fadeMs = 30_000;
/** Fewer ends than this say nothing of how long a job takes. */
const leastEnded = 0.5;

/**
 * Learn from a look `elapsedMs` after the last one. Lanes that are not `seen` fade; one that has faded away is
 * forgotten.
 */
export function learnWork(
  known: ReadonlyMap<number, LaneWork>,
  seen: ReadonlyMap<number, LaneSighting>,
  elapsedMs: number,
): Map<number, LaneWork> {
  const fade = Math.exp(-elapsedMs / fadeMs);
  const learnt = new Map<number, LaneWork>();
  for (const lane of new Set([...known.keys(), ...seen.keys()])) {
    const before = known.get(lane);
    const now = seen.get(lane);
    const work: LaneWork = {
      busyMs: (before?.busyMs ?? 0) * fade + (now?.running ?? 0) * elapsedMs,
      ended: (before?.ended ?? 0) * fade + (now?.ended ?? 0),
      submitted: priorityClasses.map(
        (_, rank) => (before?.submitted[rank] ?? 0) * fade + (now?.submitted[rank] ?? 0),
      ),
      seenMs: (before?.seenMs ?? 0) * fade + elapsedMs,
    };
    if (now !== undefined || work.busyMs > 1 || work.ended > 0.001) learnt.set(lane, work);
  }
  return learnt;
}

/** How long a job of these lanes takes a slot, ms, by Little's law; null while too few have ended. */
export function runMsOf(lanes: readonly (LaneWork | undefined)[]): number | null {
  const busyMs = lanes.reduce((sum, lane) => sum + (lane?.busyMs ?? 0), 0);
  const ended = lanes.reduce((sum, lane) => sum + (lane?.ended ?? 0), 0);
  return ended < leastEnded ? null : busyMs / ended;
}

/** What happened a second: `count` of a faded sum. */
export function perSecond(count: number, lane: LaneWork): number {
  return lane.seenMs <= 0 ? 0 : (count * 1_000) / lane.seenMs;
}
