import type { Queryable } from "#db/client.ts";
import type { QueueRecord } from "./find-queue.ts";

/** Write the gates of a queue; the caller holds the catalogue's lock and gives every field. */
export async function updateQueue(
  transaction: Queryable,
  queue: Pick<QueueRecord, "id" | "paused" | "maxRunning" | "pool">,
): Promise<void> {
  await transaction.query({
    text: `update signalbox.queues set paused = $2, max_running = $3, pool = $4, updated_at = clock_timestamp() where id = $1`,
    values: [queue.id, queue.paused, queue.maxRunning, queue.pool],
  });
}
