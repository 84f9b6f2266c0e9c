import { SignalboxError } from "#core/error.ts";
import type { Log } from "#server/system/log.ts";
import type { Wait } from "../wait.ts";
import type { PlannedJob } from "./planned-job.ts";

/** How a submit ended: a new job, one that was there under its key, or refused for good. */
export type SubmitOutcome = "submitted" | "deduplicated" | "refused" | "stopped";

/** Refusals that the same job will meet again, however often it is tried. */
const finalCodes = ["bad_request", "validation", "unsupported", "too_large", "forbidden"];

/** The first pause after a failed submit, and the longest, in milliseconds. */
const pausesMs = { first: 250, longest: 5_000 } as const;

/**
 * Submits one job and does not give up: while the database is away, or the worker has not yet registered the
 * definition, it tries again after a growing pause; the
 * first failure of a job is a warning. A job that is refused for good is logged and left out.
 */
export async function submitUntilDone(
  job: PlannedJob,
  options: {
    submit: (job: PlannedJob) => Promise<{ deduplicated: boolean }>;
    wait: Wait;
    log: Log;
    signal: AbortSignal;
  },
): Promise<SubmitOutcome> {
  const { submit, wait, log, signal } = options;
  let pauseMs: number = pausesMs.first;
  while (!signal.aborted) {
    try {
      return (await submit(job)).deduplicated ? "deduplicated" : "submitted";
    } catch (error) {
      const facts = { definition: job.job, error: error instanceof Error ? error.message : String(error) };
      if (error instanceof SignalboxError && finalCodes.includes(error.code)) {
        log.error(facts, `a ${job.job} job was refused and is left out`);
        return "refused";
      }
      const askedMs = error instanceof SignalboxError ? (error.retryAfterMs ?? 0) : 0;
      const nextMs = Math.max(pauseMs, askedMs);
      const level = pauseMs === pausesMs.first ? "warn" : "debug";
      log[level](facts, `a ${job.job} job could not be submitted; trying again in ${nextMs} ms`);
      await wait(nextMs, signal);
      pauseMs = Math.min(pausesMs.longest, pauseMs * 2);
    }
  }
  return "stopped";
}
