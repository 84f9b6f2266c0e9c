import type { Queryable } from "#db/client.ts";

/**
 * Jobs running in a capped queue, with the queue's row locked until the transaction ends: claimers of the queue
 * take turns. Index: leases_queue.
 */
export async function countQueueRunning(transaction: Queryable, queueId: number): Promise<number> {
  await transaction.query({
    name: "lock-queue",
    text: "select id from signalbox.queues where id = $1 for no key update",
    values: [queueId],
  });
  const { rows } = await transaction.query({
    name: "count-queue-running",
    text: "select count(*)::int as running from signalbox.leases where queue_id = $1",
    values: [queueId],
  });
  return (rows[0] as { running: number }).running;
}
