import { findLaneInQueue, type LaneInQueue } from "#server/store/jobs/find-lane-in-queue.ts";
import { insertAmendment } from "#server/store/jobs/insert-amendment.ts";
import { insertJobEvent } from "#server/store/jobs/insert-job-event.ts";
import { moveDeadJob } from "#server/store/jobs/move-dead-job.ts";
import { isWaitingJob, putBackJob } from "#server/store/jobs/put-back-job.ts";
import { takeWaitingJob } from "#server/store/jobs/take-waiting-job.ts";
import { becauseOf, eventData } from "./job-action.ts";
import type { ChangeJob } from "./job-change.ts";

/**
 * Moves a waiting or dead job to another queue; it keeps its state and its due time. The lane of its definition in that
 * queue must be there already: see ensure-lanes.ts.
 */
export function moveChange(queue: { id: number; name: string }): ChangeJob {
  return async (transaction, action) => {
    const { jobId, reason, actor } = action;
    const taken = await takeWaitingJob(transaction, jobId, ["scheduled", "held", "pending", "ready"]);
    const waiting = taken !== null && isWaitingJob(taken) ? taken : null;
    let move: LaneInQueue | null;
    if (waiting) {
      move = await findLaneInQueue(transaction, waiting.lane, queue.id);
      await putBackJob(
        transaction,
        jobId,
        move === null || move.lane === waiting.lane
          ? waiting
          : { ...waiting, lane: move.lane, amended: true },
      );
    } else move = await moveDeadJob(transaction, jobId, queue.id);
    if (move === null) return waiting ? { refused: `has no lane in the queue ${queue.name} yet` } : null;
    if (move.from === queue.name) return { refused: `is in the queue ${queue.name} already` };
    const { lane } = move;
    await insertAmendment(transaction, { jobId, payload: null, failuresFrom: null, lane, actor, reason });
    const state = waiting?.state ?? "dead";
    await insertJobEvent(transaction, {
      jobId,
      kind: "moved",
      from: state,
      to: state,
      actor,
      because: becauseOf(action),
      data: eventData(action, { queue: queue.name, before: move.from }),
    });
    return {
      from: state,
      to: state,
      lane,
      rank: waiting?.rank ?? 0,
      wake: state === "available",
      before: { queue: move.from },
      after: { queue: queue.name },
    };
  };
}
