/** Most jobs that wait in the line of an alternate before more are diverted to it: what it cannot do soon, stays. */
export const alternateLine = 1_000;
/** Jobs of a held definition that are left to probe its dependency, while its breaker probes by itself. */
export const keptForProbes = 10;

/** The alternate of a held definition as its claims would find it. */
export interface AlternateFacts {
  name: string;
  /** False when it was taken away, or cannot be read. */
  exists: boolean;
  isPaused: boolean;
  queue: { name: string; paused: boolean };
  /** A dependency of the alternate whose breaker holds it as well, or which is the broken one; null for none. */
  heldBy: string | null;
  /** Live workers that serve it. */
  serving: number;
  /** Jobs in its line, counted up to {@link alternateLine}. */
  waiting: number;
}

/** Why the alternate takes no jobs now, as the rest of a sentence; null when it does. */
export function findFallbackBar(facts: AlternateFacts): string | null {
  const { name, exists, isPaused, queue, heldBy, serving, waiting } = facts;
  if (!exists) return `there is no definition ${name}`;
  if (isPaused) return `${name} is paused`;
  if (queue.paused) return `the queue ${queue.name} of ${name} is paused`;
  if (heldBy !== null) return `${name} is held by the breaker of ${heldBy} itself`;
  if (serving === 0) return `no worker serves ${name}`;
  if (waiting >= alternateLine)
    return `${name} has ${alternateLine.toLocaleString("en")} jobs in line already`;
  return null;
}
