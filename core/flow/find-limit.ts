/** What bounds the starts of a queue now, the one that binds first. */
export type FlowLimit =
  | { kind: "paused" }
  | { kind: "no-workers" }
  | { kind: "cap"; running: number; maxRunning: number }
  | { kind: "rate"; count: number; perMs: number; nextTokenAtMs: number }
  | { kind: "workers"; busy: number; slots: number }
  | { kind: "nothing" };

/** What is known of a queue and of the workers that serve it. */
export interface FlowFacts {
  paused: boolean;
  waiting: number;
  running: number;
  maxRunning: number | null;
  rateLimit: { count: number; perMs: number; nextTokenAtMs: number | null } | null;
  workers: number;
  slots: number;
  /** Slots in use, whatever the queue of the job in them. */
  busy: number;
}

/**
 * What bounds a queue, in the order of its waiting reasons: a pause, missing workers, the cap, the rate, slots. With
 * nothing waiting nothing bounds it, but for a pause. Slots bind when all are taken while something waits.
 */
export function findLimit(queue: FlowFacts): FlowLimit {
  const { paused, waiting, running, maxRunning, rateLimit, workers, slots, busy } = queue;
  if (paused) return { kind: "paused" };
  if (waiting === 0) return { kind: "nothing" };
  if (workers === 0) return { kind: "no-workers" };
  if (maxRunning !== null && running >= maxRunning) return { kind: "cap", running, maxRunning };
  if (rateLimit !== null && rateLimit.nextTokenAtMs !== null)
    return {
      kind: "rate",
      count: rateLimit.count,
      perMs: rateLimit.perMs,
      nextTokenAtMs: rateLimit.nextTokenAtMs,
    };
  return busy >= slots ? { kind: "workers", busy, slots } : { kind: "nothing" };
}
