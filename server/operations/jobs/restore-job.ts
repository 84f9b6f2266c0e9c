import { recallWindowMs } from "#server/store/settings/recall-window-ms.ts";
import type { Engine } from "../engine.ts";
import { changeOneJob } from "./change-one-job.ts";
import type { JobAction } from "./job-action.ts";
import { restoreChange } from "./restore-change.ts";

/**
 * Take back a cancel or a discard within the recall window (setting `recallWindowMs`, default 10 minutes): the job
 * returns to the place it had, due when it was due. Throws `not_found`, and `invalid_state` when the window has passed,
 * the job was running when it was cancelled, or there is nothing to take back.
 */
export async function restoreJob(engine: Engine, action: JobAction): Promise<void> {
  const windowMs = await recallWindowMs(engine.pool);
  await changeOneJob(engine, action, {
    verb: "restore",
    allowed: "only a cancel or a discard can be taken back",
    change: restoreChange(windowMs),
  });
}
