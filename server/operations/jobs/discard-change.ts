import { discardDeadJob } from "#server/store/jobs/discard-dead-job.ts";
import { becauseOf, eventData, type JobAction } from "./job-action.ts";
import type { ChangeJob, JobChange, JobRefusal } from "./job-change.ts";
import type { JobWrites } from "./job-writes.ts";

/** Takes a dead job out of the dead letter; it stays in history. */
export const discardChange: ChangeJob = Object.assign(discard, { takes: [] });

async function discard(writes: JobWrites, action: JobAction): Promise<JobChange | JobRefusal | null> {
  const { jobId, actor } = action;
  const found = await discardDeadJob(writes.transaction, jobId, actor);
  if (found === null) return null;
  if (found === "discarded") return { refused: "is discarded already" };
  writes.event({
    jobId,
    kind: "discarded",
    from: "dead",
    to: "dead",
    actor,
    because: becauseOf(action),
    data: eventData(action),
  });
  return { from: "dead", to: "dead", ...found, wake: false, after: { discarded: true } };
}
