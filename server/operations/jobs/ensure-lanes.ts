import { insertMissingLanes, lacksLanes } from "#server/store/jobs/insert-missing-lanes.ts";
import { editCatalog } from "../catalog/edit-catalog.ts";
import type { Engine } from "../engine.ts";

/** Make sure that the definitions of these jobs have a lane in the queue, so that the jobs can be moved there. */
export async function ensureLanes(engine: Engine, jobIds: string[], queueId: number): Promise<void> {
  if (!(await lacksLanes(engine.pool, jobIds, queueId))) return;
  await editCatalog(engine, async (transaction) => {
    await insertMissingLanes(transaction, jobIds, queueId);
    return { changed: true, result: null };
  });
}
