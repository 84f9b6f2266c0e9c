import { SignalboxError } from "#core/error.ts";
import { deleteRestart, insertRestart } from "#server/store/alerts/job-restarts.ts";
import type { Engine } from "../engine.ts";
import { cancelJob } from "../jobs/cancel-job.ts";
import { retryJob } from "../jobs/retry-job.ts";

/**
 * Have running jobs begin anew: each is cancelled on its worker and put in line again once it has ended, by
 * continue-restarts.ts. The wish is kept before the cancel, so that no job stays cancelled because a process died.
 * Returns how many; throws `invalid_state` when all have ended meanwhile.
 */
export async function restartJobs(
  engine: Engine,
  { jobIds, actor, reason }: { jobIds: readonly string[]; actor: string; reason: string },
): Promise<number> {
  let asked = 0;
  for (const jobId of jobIds) {
    if (!(await insertRestart(engine.pool, { jobId, actor, reason }))) continue;
    try {
      const { state } = await cancelJob(engine, { jobId, actor, reason });
      asked++;
      if (state === "running") continue;
      await retryJob(engine, { jobId, actor, reason });
      await deleteRestart(engine.pool, jobId);
    } catch (error) {
      if (!(error instanceof SignalboxError)) throw error;
      await deleteRestart(engine.pool, jobId);
    }
  }
  if (asked > 0) return asked;
  throw new SignalboxError(
    "invalid_state",
    "all of the jobs have ended, or are being restarted; nothing was done",
  );
}
