/** A key with jobs that wait to be admitted. */
export interface FairKey {
  key: string;
  /** Jobs of it that wait; as many as places is enough to know. */
  waiting: number;
  /** How many more of it may be in line or running; Infinity without a cap. */
  room: number;
  /** Its own virtual time, null when it is not ahead of the others. */
  pass: number | null;
  /** Its share beside the others, 0.1…100 (core/flow/key-weights.ts); 1 unless said. */
  weight?: number;
}

/** Who is admitted, and where the virtual times stand after it. */
export interface FairAdmission {
  /** Jobs by key; a key that gets none is left out. */
  admitted: Map<string, number>;
  /** Passes of the keys that were admitted. */
  passes: Map<string, number>;
  base: number;
}

/**
 * Share `places` between keys by stride scheduling: each place goes to the key whose virtual time is least, which then
 * moves on by the inverse of its weight. A key that had nothing to admit for a while begins at `base`, the virtual time of
 * the last that was admitted: it is neither owed what it did not want nor behind those that went on. After Waldspurger
 * and Weihl, "Stride Scheduling" (1995), with start tags as in start-time fair queueing (Goyal, Vin, Cheng, 1996).
 * Between keys that stand equal the first in `keys` goes first.
 */
export function admitFairly(
  keys: readonly FairKey[],
  { base, places }: { base: number; places: number },
): FairAdmission {
  const lines = keys.map(({ key, waiting, room, pass, weight = 1 }) => ({
    key,
    left: Math.min(waiting, room),
    // Never further ahead than one stride: a weight that was raised acts at once, whatever the last one put on.
    start: Math.min(Math.max(base, pass ?? base), base + 1 / weight),
    stride: 1 / weight,
  }));
  const admitted = new Map<string, number>();
  const passes = new Map<string, number>();
  let reached = base;
  for (let place = 0; place < places; place++) {
    let next: (typeof lines)[number] | undefined;
    for (const line of lines)
      if (line.left > 0 && (next === undefined || line.start < next.start)) next = line;
    if (next === undefined) break;
    reached = next.start;
    next.start += next.stride;
    next.left--;
    admitted.set(next.key, (admitted.get(next.key) ?? 0) + 1);
    passes.set(next.key, next.start);
  }
  return { admitted, passes, base: reached };
}

/** Fewest jobs of a class that a fair queue keeps in line or running … */
const leastWindow = 20;
/** … and otherwise this many for each slot of its pool, so that no slot waits for the next admission. */
const perSlot = 2;

/** How many jobs of one class a fair queue keeps in line or running. */
export function fairWindow(poolSlots: number): number {
  return Math.max(leastWindow, poolSlots * perSlot);
}
