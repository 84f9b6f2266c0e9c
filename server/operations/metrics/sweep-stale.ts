import { inTransaction } from "#db/transaction.ts";
import { holdDuty } from "#server/store/duties/hold-duty.ts";
import { deleteStale } from "#server/store/metrics/delete-stale.ts";
import type { Engine } from "../engine.ts";
import type { Duty } from "./maintain-metrics.ts";

const sweepAtOnce = 1_000;

/** Delete rows that nothing asks for any more; false when the duty was lost meanwhile. */
export function sweepStale(engine: Engine, duty: Duty): Promise<boolean> {
  return inTransaction(engine.pool, async (transaction) => {
    if (!(await holdDuty(transaction, duty.name, duty.owner, duty.epoch))) return false;
    await deleteStale(transaction, sweepAtOnce);
    return true;
  });
}
