import { findLaneInQueue, type LaneInQueue } from "#server/store/jobs/find-lane-in-queue.ts";
import { moveDeadJob } from "#server/store/jobs/move-dead-job.ts";
import { isWaitingJob } from "#server/store/jobs/put-back-job.ts";
import { becauseOf, eventData, type JobAction } from "./job-action.ts";
import type { ChangeJob, JobChange, JobRefusal } from "./job-change.ts";
import type { JobWrites } from "./job-writes.ts";
import { waitingPlacements } from "./waiting-placements.ts";

/**
 * Moves a waiting or dead job to another queue; it keeps its state and its due time. The lane of its definition in that
 * queue must be there already: see ensure-lanes.ts.
 */
export function moveChange(queue: { id: number; name: string }): ChangeJob {
  const known = new Map<number, LaneInQueue>();
  const change = async (writes: JobWrites, action: JobAction): Promise<JobChange | JobRefusal | null> => {
    const { transaction } = writes;
    const { jobId, reason, actor } = action;
    const taken = await writes.take(jobId, waitingPlacements);
    const waiting = taken !== null && isWaitingJob(taken) ? taken : null;
    let move: LaneInQueue | null;
    if (waiting) {
      // Lanes are never taken away, so one look a lane is enough.
      move = known.get(waiting.lane) ?? (await findLaneInQueue(transaction, waiting.lane, queue.id));
      if (move !== null) known.set(waiting.lane, move);
      const stays = move?.lane === waiting.lane;
      writes.place({
        jobId,
        job: move === null || stays ? waiting : { ...waiting, lane: move.lane, amended: true },
      });
    } else move = await moveDeadJob(transaction, jobId, queue.id);
    if (move === null) return waiting ? { refused: `has no lane in the queue ${queue.name} yet` } : null;
    if (move.from === queue.name) return { refused: `is in the queue ${queue.name} already` };
    const { lane } = move;
    writes.amend({ jobId, payload: null, failuresFrom: null, lane, actor, reason });
    const state = waiting?.state ?? "dead";
    writes.event({
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
  return Object.assign(change, { takes: waitingPlacements });
}
