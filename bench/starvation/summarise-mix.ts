import type { Measurement } from "../harness/bench.ts";
import { quantile } from "../harness/summarise.ts";
import type { MixedJob, MixRun } from "./run-mix.ts";

/** From when a job was due to its start; one that never started waits until the run was over. */
function waitMs(job: MixedJob, overMs: number): number {
  return (job.startMs ?? overMs) - job.dueMs;
}

/** Figures of the flood: high at more than capacity for `floodMs`, with low jobs beside it. */
export function summariseFlood({ jobs, overMs }: MixRun, floodMs: number): Measurement {
  const waits = (of: MixedJob[]) => of.map((job) => waitMs(job, overMs));
  return {
    lowDone: jobs.low.filter(({ endMs }) => endMs !== null && endMs <= floodMs).length,
    lowArrived: jobs.low.length,
    longestLowWait: Math.max(...waits(jobs.low)) / 1000,
    highP50: quantile(waits(jobs.high), 0.5) / 1000,
    starts: jobs.high.concat(jobs.low).filter((job) => job.startMs !== null && job.startMs <= floodMs).length,
  };
}

/** Figures of high at less than capacity beside a flood of low, from `fromMs` on. */
export function summariseBeside({ jobs, overMs }: MixRun, fromMs: number): Measurement {
  const counted = jobs.high.filter((job) => job.dueMs >= fromMs);
  const waits = counted.map((job) => waitMs(job, overMs));
  const submits = counted.map((job) => (job.submittedMs ?? overMs) - job.dueMs);
  return {
    besideP50: quantile(waits, 0.5),
    besideP99: quantile(waits, 0.99),
    besideSubmitP99: quantile(submits, 0.99),
  };
}
