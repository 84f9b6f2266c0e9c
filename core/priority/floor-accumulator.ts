import { priorityClasses } from "./priority-class.ts";
import type { PrioritySettings } from "./priority-settings.ts";

/** Starts owed to each class by rank (0 critical … 4 bulk), with their fractions. Immutable. */
export interface FloorState {
  readonly owed: readonly number[];
}

/** Nothing owed to anyone. */
export const noFloorsOwed: FloorState = { owed: priorityClasses.map(() => 0) };

/**
 * The most that stays owed from one claim to the next, in starts: what could not be handed out (rows locked by
 * others, slots reserved) must not come back later as a flood.
 */
export const maxOwedStarts = 10;

/**
 * How many of the next claim of `n` each class gets first, by rank: the whole starts it will be owed once
 * those `n` have started; 0 for a class without backlog. Never more than `n` together; where they would
 * be, the class that is owed most comes first, then the more urgent one.
 */
export function floorCounts(
  state: FloorState,
  input: { n: number; backlog: readonly boolean[]; settings: PrioritySettings },
): number[] {
  const due = priorityClasses.map((name, rank) =>
    input.backlog[rank] === true
      ? (state.owed[rank] ?? 0) + input.settings.classes[name].floorShare * input.n
      : 0,
  );
  const counts = priorityClasses.map(() => 0);
  let left = Math.max(0, Math.floor(input.n));
  const order = due.map((_, rank) => rank).sort((a, b) => (due[b] ?? 0) - (due[a] ?? 0) || a - b);
  for (const rank of order) {
    // 50 × 0.02 is a hair below 1 in binary fractions; the thousandth of a thousandth repays it.
    const count = Math.min(left, Math.floor((due[rank] ?? 0) + 1e-6));
    counts[rank] = count;
    left -= count;
  }
  return counts;
}

/**
 * What is owed after a claim: each class that had backlog before it gains its share of all the starts and loses its
 * own, between 0 and {@link maxOwedStarts}. A class without backlog gains nothing, so idleness is not saved up.
 * Over any run in which its floors are handed out a class with backlog gets its share of starts, less at most
 * {@link maxOwedStarts}.
 */
export function recordStarts(
  state: FloorState,
  input: { started: readonly number[]; backlog: readonly boolean[]; settings: PrioritySettings },
): FloorState {
  const total = input.started.reduce((sum, count) => sum + count, 0);
  return {
    owed: priorityClasses.map((name, rank) => {
      const gained = input.backlog[rank] === true ? input.settings.classes[name].floorShare * total : 0;
      const owed = (state.owed[rank] ?? 0) + gained - (input.started[rank] ?? 0);
      return Math.min(maxOwedStarts, Math.max(0, owed));
    }),
  };
}
