import { retryDeadlock } from "#db/transaction.ts";
import { promoteDue } from "#server/store/jobs/promote-due.ts";
import type { Engine } from "../engine.ts";

/** Put up to `limit` jobs that have become due in line and wake the workers that serve them; returns how many. */
export async function promoteDueJobs(engine: Engine, limit: number): Promise<number> {
  const { moved, lanes } = await retryDeadlock(() => promoteDue(engine.claims, limit));
  if (moved > 0) engine.wake.send(lanes);
  return moved;
}
