import type { BulkAct } from "#core/bulk/bulk-action.ts";
import { priorityRank } from "#core/priority/priority-class.ts";
import { recallWindowMs } from "#server/store/settings/recall-window-ms.ts";
import type { Engine } from "../engine.ts";
import { cancelChange } from "../jobs/cancel-change.ts";
import { discardChange } from "../jobs/discard-change.ts";
import { ensureLanes } from "../jobs/ensure-lanes.ts";
import type { ChangeJob } from "../jobs/job-change.ts";
import { moveChange } from "../jobs/move-change.ts";
import { reprioritiseChange } from "../jobs/reprioritise-change.ts";
import { restoreChange } from "../jobs/restore-change.ts";
import { retryChange } from "../jobs/retry-change.ts";

/** What an operation does to each job: the very change that the act on one job makes. */
export async function changeOfAct(engine: Engine, act: BulkAct): Promise<ChangeJob> {
  switch (act.action) {
    case "retry":
      return retryChange(null);
    case "cancel":
      return cancelChange;
    case "discard":
      return discardChange;
    case "reprioritise":
      return reprioritiseChange(priorityRank(act.priority));
    case "restore":
      return restoreChange(await recallWindowMs(engine.pool));
    case "move": {
      const queue = engine.catalog.current.queues.get(act.queue);
      if (queue === undefined) throw new Error(`the queue ${act.queue} of a bulk move is gone`);
      return moveChange(queue);
    }
  }
}

/** Make sure, before the transaction that moves them, that these jobs have a lane in the queue they are moved to. */
export async function prepareAct(engine: Engine, act: BulkAct, jobIds: string[]): Promise<void> {
  const queue = act.action === "move" ? engine.catalog.current.queues.get(act.queue) : undefined;
  if (queue !== undefined) await ensureLanes(engine, jobIds, queue.id);
}
