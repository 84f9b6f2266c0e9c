import type { Queryable } from "#db/client.ts";
import { cancelChannel } from "../leases/insert-cancel-request.ts";

/**
 * Turn a live worker to draining, or back to active; false when it is not in the state from which that goes. It hears of
 * it at commit, by the channel on which it hears of cancels, else with its next heartbeat.
 */
export async function setWorkerDrain(
  transaction: Queryable,
  worker: { id: string; draining: boolean; reason: string | null; actor: string },
): Promise<boolean> {
  const { id, draining, reason, actor } = worker;
  const { rowCount } = await transaction.query({
    text: `with turned as (
        update signalbox.workers set state = $2, drain_reason = $3, drained_by = $4
        where id = $1 and ended_at is null and state = $5 returning id)
      select pg_notify('${cancelChannel}', id::text) from turned`,
    values: [
      id,
      draining ? "draining" : "active",
      draining ? reason : null,
      draining ? actor : null,
      draining ? "active" : "draining",
    ],
  });
  return rowCount === 1;
}
