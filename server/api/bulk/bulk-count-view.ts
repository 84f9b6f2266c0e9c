import type { BulkCount } from "#server/operations/bulk/count-bulk.ts";
import { type JobSummary, toJobSummary } from "../jobs/job-summary.ts";

/** What an act would be done to, as the console shows it. */
export type BulkCountView = Omit<BulkCount, "sample"> & { asOfMs: number; sample: JobSummary[] };

export function toBulkCountView({ sample, ...count }: BulkCount, asOfMs: number): BulkCountView {
  return { ...count, asOfMs, sample: sample.map(toJobSummary) };
}
