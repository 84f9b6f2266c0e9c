import { SignalboxError } from "#core/error.ts";
import { deleteRestart, listRestarts } from "#server/store/alerts/job-restarts.ts";
import { findEndedState } from "#server/store/jobs/find-ended-state.ts";
import type { Engine } from "../engine.ts";
import { retryJob } from "../jobs/retry-job.ts";

/** A job that will not end for so long after it was cancelled is left to its own limits, ms. */
const patienceMs = 3_600_000;

/** Put jobs in line again whose cancel, asked for by restart-jobs.ts, has come through; forget those that ended otherwise. */
export async function continueRestarts(engine: Engine): Promise<void> {
  for (const { jobId, actor, reason, askedAtMs } of await listRestarts(engine.pool)) {
    const ended = await findEndedState(engine.pool, jobId);
    if (ended === null && engine.clock.nowMs() - askedAtMs < patienceMs) continue;
    try {
      if (ended === "cancelled") await retryJob(engine, { jobId, actor, reason });
    } catch (error) {
      // Somebody was quicker: it is no longer cancelled.
      if (!(error instanceof SignalboxError)) throw error;
    }
    await deleteRestart(engine.pool, jobId);
  }
}
