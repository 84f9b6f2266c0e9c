/** A running attempt as the lease shows it. */
export interface RunningAttempt {
  jobId: string;
  definition: string;
  /** Since its worker took it, ms. */
  heldMs: number;
  /** What its handler last reported of its progress, 0…1; null for nothing. */
  progress: number | null;
}

/** An attempt that runs far longer than its kind does. */
export interface StuckAttempt extends RunningAttempt {
  /** The 99th percentile of completed runs of its definition, ms; null where too few are known. */
  usualMs: number | null;
  /** From here on it counts as stuck, ms. */
  boundMs: number;
}

/** Times the 99th percentile, and the least and the unknown bound: a quick job is not stuck for a hiccup. */
export const stuckBounds = { timesUsual: 4, leastMs: 30_000, unknownMs: 300_000 } as const;

/**
 * The attempts held for more than four times what 99 of 100 completed runs of their definition took, and for at least
 * 30 s; 5 min where the definition has no history. The longest over its bound first. Progress is no excuse: it is told.
 */
export function findStuck(
  running: readonly RunningAttempt[],
  usualMsOf: (definition: string) => number | null,
): StuckAttempt[] {
  return running
    .map((attempt) => {
      const usualMs = usualMsOf(attempt.definition);
      const boundMs =
        usualMs === null
          ? stuckBounds.unknownMs
          : Math.max(stuckBounds.leastMs, usualMs * stuckBounds.timesUsual);
      return { ...attempt, usualMs, boundMs };
    })
    .filter((attempt) => attempt.heldMs > attempt.boundMs)
    .sort((a, b) => b.heldMs / b.boundMs - a.heldMs / a.boundMs);
}
