import { type PriorityClass, priorityRank } from "#core/priority/priority-class.ts";
import type { Engine } from "../engine.ts";
import { changeOneJob } from "./change-one-job.ts";
import type { JobAction } from "./job-action.ts";
import { reprioritiseChange } from "./reprioritise-change.ts";

/**
 * Give a waiting job another priority class; it keeps its state and its due time. Throws `not_found`, and
 * `invalid_state` for a job that runs or has ended, or has that class already.
 */
export async function reprioritiseJob(
  engine: Engine,
  action: JobAction & { priority: PriorityClass },
): Promise<void> {
  await changeOneJob(engine, action, {
    verb: "reprioritise",
    allowed: "only a waiting job can be given another priority",
    change: reprioritiseChange(priorityRank(action.priority)),
  });
}
