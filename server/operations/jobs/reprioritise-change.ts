import { priorityAt } from "#core/priority/priority-class.ts";
import { isWaitingJob } from "#server/store/jobs/put-back-job.ts";
import { becauseOf, eventData, type JobAction } from "./job-action.ts";
import type { ChangeJob, JobChange, JobRefusal } from "./job-change.ts";
import type { JobWrites } from "./job-writes.ts";
import { waitingPlacements } from "./waiting-placements.ts";

/** Gives a waiting job, whatever it waits for, another priority class; it keeps its state and its due time. */
export function reprioritiseChange(rank: number): ChangeJob {
  const change = async (writes: JobWrites, action: JobAction): Promise<JobChange | JobRefusal | null> => {
    const { jobId, reason, actor } = action;
    const taken = await writes.take(jobId, waitingPlacements);
    if (taken === null || !isWaitingJob(taken)) return null;
    const priority = priorityAt(rank);
    if (taken.rank === rank) {
      writes.place({ jobId, job: taken });
      return { refused: `has the priority ${priority} already` };
    }
    writes.amend({ jobId, payload: null, failuresFrom: null, rank, actor, reason });
    writes.place({ jobId, job: { ...taken, rank, amended: true } });
    writes.event({
      jobId,
      kind: "reprioritised",
      from: taken.state,
      to: taken.state,
      actor,
      because: becauseOf(action),
      data: eventData(action, { priority, before: priorityAt(taken.rank) }),
    });
    return {
      from: taken.state,
      to: taken.state,
      lane: taken.lane,
      rank,
      wake: false,
      before: { priority: priorityAt(taken.rank) },
      after: { priority },
    };
  };
  return Object.assign(change, { takes: waitingPlacements });
}
