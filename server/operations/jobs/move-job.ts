import type { Engine } from "../engine.ts";
import { noSuchQueue } from "../queues/patch-queue.ts";
import { changeOneJob } from "./change-one-job.ts";
import { ensureLanes } from "./ensure-lanes.ts";
import type { JobAction } from "./job-action.ts";
import { moveChange } from "./move-change.ts";
import { parseJobId } from "./parse-job-id.ts";

/**
 * Move a waiting or dead job to another queue; it keeps its state and its due time. Throws `not_found` for the job or
 * the queue, and `invalid_state` for a job that runs, has completed or is cancelled, or is in that queue already.
 */
export async function moveJob(engine: Engine, action: JobAction & { queue: string }): Promise<void> {
  const queue = engine.catalog.current.queues.get(action.queue);
  if (queue === undefined) throw noSuchQueue(action.queue);
  await ensureLanes(engine, [parseJobId(action.jobId)], queue.id);
  await changeOneJob(engine, action, {
    verb: "move",
    allowed: "only a waiting or dead job can be moved to another queue",
    change: moveChange(queue),
  });
}
