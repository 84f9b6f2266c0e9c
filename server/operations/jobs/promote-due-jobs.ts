import { retryDeadlock } from "#db/transaction.ts";
import { type Promotion, promoteDue } from "#server/store/jobs/promote-due.ts";
import type { Engine } from "../engine.ts";

/** Put up to `limit` jobs that have become due in line and wake the workers that serve them. */
export async function promoteDueJobs(engine: Engine, limit: number): Promise<Promotion> {
  const promotion = await retryDeadlock(() => promoteDue(engine.claims, limit));
  if (promotion.moved > 0) engine.wake.send(promotion.lanes);
  return promotion;
}
