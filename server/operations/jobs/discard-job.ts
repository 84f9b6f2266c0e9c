import type { Engine } from "../engine.ts";
import { changeOneJob } from "./change-one-job.ts";
import { discardChange } from "./discard-change.ts";
import type { JobAction } from "./job-action.ts";

/**
 * Take a dead job out of the dead letter; it stays in history with the time of the discard. Throws `not_found`, and
 * `invalid_state` for a job that is not dead or is discarded already.
 */
export async function discardJob(engine: Engine, action: JobAction): Promise<void> {
  await changeOneJob(engine, action, {
    verb: "discard",
    allowed: "only a dead job can be discarded",
    change: discardChange,
  });
}
