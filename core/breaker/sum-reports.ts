import type { DependencyOutcomes } from "./dependency-outcomes.ts";

/** What one tick brought, all reports together. */
export type TickSums = Omit<DependencyOutcomes, "atMs" | "inFlight"> & { starts: number };

/** The sum of the reports of one tick. */
export function sumReports(reports: readonly DependencyOutcomes[]): TickSums {
  const sums: TickSums = {
    succeeded: 0,
    failed: 0,
    refused: 0,
    slow: 0,
    overdue: 0,
    firstStarts: 0,
    retryStarts: 0,
    durationMsSum: 0,
    starts: 0,
  };
  for (const report of reports) {
    sums.succeeded += report.succeeded;
    sums.failed += report.failed;
    sums.refused += report.refused;
    sums.slow += report.slow;
    sums.overdue += report.overdue;
    sums.firstStarts += report.firstStarts;
    sums.retryStarts += report.retryStarts;
    sums.durationMsSum += report.durationMsSum;
    sums.starts += report.firstStarts + report.retryStarts;
  }
  return sums;
}
