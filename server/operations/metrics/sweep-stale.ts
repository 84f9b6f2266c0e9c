import { inTransaction } from "#db/transaction.ts";
import { deleteStaleAccess } from "#server/store/access/delete-stale-access.ts";
import { holdDuty } from "#server/store/duties/hold-duty.ts";
import { deleteStaleFallbacks } from "#server/store/fallbacks/delete-stale-fallbacks.ts";
import { deleteStale } from "#server/store/metrics/delete-stale.ts";
import type { Engine } from "../engine.ts";
import type { Duty } from "./maintain-metrics.ts";

const sweepAtOnce = 1_000;

/** Delete a batch of rows that nothing asks for any more; `more` when there may be another. */
export function sweepStale(engine: Engine, duty: Duty): Promise<"more" | "done" | "lost"> {
  return inTransaction(engine.counters, async (transaction) => {
    if (!(await holdDuty(transaction, duty.name, duty.owner, duty.epoch))) return "lost";
    const isMoreStale = await deleteStale(transaction, sweepAtOnce);
    const isMoreAccess = await deleteStaleAccess(transaction, sweepAtOnce);
    const isMoreFallbacks = await deleteStaleFallbacks(transaction, sweepAtOnce);
    return isMoreStale || isMoreAccess || isMoreFallbacks ? "more" : "done";
  });
}
