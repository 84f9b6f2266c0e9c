/** The gate of a dependency as far as it can hold jobs. */
export interface BreakerFacts {
  dependency: string;
  state: "closed" | "open" | "half-open" | "recovering";
  /** An operator's word, above the state. */
  forced: "open" | "closed" | null;
  sinceMs: number;
  /** When it is next probed, or an operator's word ends; null when nothing happens by itself. */
  untilMs: number | null;
}

/** Jobs in line that need dependencies. */
export interface DependentLine {
  queue: string;
  dependencies: readonly string[];
  available: number;
}

/** A breaker that is not simply closed, with the jobs in line that need its dependency. */
export interface HeldBreaker extends BreakerFacts {
  /** Nothing but probes passes: what waits is held. */
  isShut: boolean;
  jobs: number;
  /** Queues in which they stand, those with most jobs first. */
  queues: string[];
}

/** The breakers that are not simply closed: those that hold most first, then by name. Pure. */
export function findHeldBreakers(
  breakers: readonly BreakerFacts[],
  lines: readonly DependentLine[],
): HeldBreaker[] {
  return breakers
    .filter(({ state, forced }) => state !== "closed" || forced !== null)
    .map((breaker) => {
      const byQueue = new Map<string, number>();
      for (const { queue, dependencies, available } of lines)
        if (available > 0 && dependencies.includes(breaker.dependency))
          byQueue.set(queue, (byQueue.get(queue) ?? 0) + available);
      const queues = [...byQueue].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
      const { state, forced } = breaker;
      return {
        ...breaker,
        isShut: forced === null ? state === "open" || state === "half-open" : forced === "open",
        jobs: queues.reduce((sum, [, jobs]) => sum + jobs, 0),
        queues: queues.map(([queue]) => queue),
      };
    })
    .sort((a, b) => b.jobs - a.jobs || (a.dependency < b.dependency ? -1 : 1));
}
