import { sayDuration } from "#core/say-duration.ts";
import { undoDiscard } from "#server/store/jobs/discard-dead-job.ts";
import { takeCancelledJob } from "#server/store/jobs/take-cancelled-job.ts";
import { becauseOf, eventData, type JobAction } from "./job-action.ts";
import type { ChangeJob, JobChange, JobRefusal } from "./job-change.ts";
import type { JobWrites } from "./job-writes.ts";

/**
 * Takes back a cancel or a discard that is no older than `windowMs`: the job returns to the place it had, due when it
 * was due. A job that was running when it was cancelled has no place to go back to.
 */
export function restoreChange(windowMs: number): ChangeJob {
  const change = async (writes: JobWrites, action: JobAction): Promise<JobChange | JobRefusal | null> => {
    const { transaction } = writes;
    const late = { refused: `was taken out more than ${sayDuration(windowMs)} ago: retry it instead` };
    const { jobId, actor } = action;
    const event = { jobId, kind: "restored", actor, because: becauseOf(action) } as const;
    const undone = await undoDiscard(transaction, jobId, windowMs);
    if (undone === "late") return late;
    if (undone !== null) {
      writes.event({ ...event, from: "dead", to: "dead", data: eventData(action) });
      return { from: "dead", to: "dead", ...undone, wake: false, after: { discarded: false } };
    }
    const job = await takeCancelledJob(transaction, jobId, windowMs);
    if (job === null) return null;
    if (job === "late") return late;
    if (job === "ran")
      return { refused: "was running when it was cancelled, which cannot be taken back: retry it instead" };
    const { state: to, lane, rank, runAtMs } = job;
    writes.place({ jobId, job });
    const data = eventData(action, to === "available" ? {} : { runAtMs });
    writes.event({ ...event, from: "cancelled", to, data });
    return { from: "cancelled", to, lane, rank, wake: to === "available" };
  };
  return Object.assign(change, { takes: [] });
}
