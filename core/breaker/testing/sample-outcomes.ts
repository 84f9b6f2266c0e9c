import type { DependencyOutcomes } from "../dependency-outcomes.ts";

/** A report in which nothing happened but what is given. */
export function sampleOutcomes(atMs: number, given: Partial<DependencyOutcomes> = {}): DependencyOutcomes {
  return {
    atMs,
    succeeded: 0,
    failed: 0,
    refused: 0,
    slow: 0,
    overdue: 0,
    firstStarts: 0,
    retryStarts: 0,
    durationMsSum: 0,
    inFlight: 0,
    ...given,
  };
}
