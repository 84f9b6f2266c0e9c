import { priorityAt } from "#core/priority/priority-class.ts";
import { insertAmendment } from "#server/store/jobs/insert-amendment.ts";
import { insertJobEvent } from "#server/store/jobs/insert-job-event.ts";
import { isWaitingJob, putBackJob } from "#server/store/jobs/put-back-job.ts";
import { takeWaitingJob } from "#server/store/jobs/take-waiting-job.ts";
import { becauseOf, eventData } from "./job-action.ts";
import type { ChangeJob } from "./job-change.ts";

/** Gives a waiting job, whatever it waits for, another priority class; it keeps its state and its due time. */
export function reprioritiseChange(rank: number): ChangeJob {
  return async (transaction, action) => {
    const { jobId, reason, actor } = action;
    const taken = await takeWaitingJob(transaction, jobId, ["scheduled", "held", "pending", "ready"]);
    if (taken === null || !isWaitingJob(taken)) return null;
    const priority = priorityAt(rank);
    if (taken.rank === rank) {
      await putBackJob(transaction, jobId, taken);
      return { refused: `has the priority ${priority} already` };
    }
    await insertAmendment(transaction, { jobId, payload: null, failuresFrom: null, rank, actor, reason });
    await putBackJob(transaction, jobId, { ...taken, rank, amended: true });
    await insertJobEvent(transaction, {
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
}
