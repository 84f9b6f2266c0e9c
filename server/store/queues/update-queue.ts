import type { Queryable } from "#db/client.ts";
import type { QueueRecord } from "./find-queue.ts";

/** Write the gates of a queue; the caller holds the catalogue's lock and gives every field. */
export async function updateQueue(transaction: Queryable, queue: Omit<QueueRecord, "name">): Promise<void> {
  const { id, paused, maxRunning, pool, rateLimit, pausedUntil, drainingSince, thresholds } = queue;
  const { maxRunningPerKey, fair, keyWeights } = queue;
  await transaction.query({
    text: `update signalbox.queues set paused = $2, max_running = $3, pool = $4, rate_limit_count = $5, rate_limit_per_ms = $6,
      paused_until = $7, draining_since = $8, thresholds = $9, max_running_per_key = $10, fair = $11, key_weights = $12,
      updated_at = clock_timestamp() where id = $1`,
    values: [
      id,
      paused,
      maxRunning,
      pool,
      rateLimit?.count ?? null,
      rateLimit?.perMs ?? null,
      pausedUntil,
      drainingSince,
      thresholds === null ? null : JSON.stringify(thresholds),
      maxRunningPerKey,
      fair,
      JSON.stringify(keyWeights),
    ],
  });
}
