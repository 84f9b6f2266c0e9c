import type { TokenBucket } from "#core/flow/token-bucket.ts";
import type { Queryable } from "#db/client.ts";

/** The gates of a limited queue as they stand under its lock. */
export interface QueueGates {
  paused: boolean;
  maxRunning: number | null;
  /** Jobs that run under leases of their own; 0 when there is no cap. */
  running: number;
  /** Null without a rate limit. */
  bucket: TokenBucket | null;
  /** Database time. */
  nowMs: number;
}

/**
 * Lock the row of a queue until the transaction ends, so that claimers of it take turns, and read its gates. Two
 * statements, because what is counted must be seen as it is once the lock is held. Null when the queue is gone.
 * Index: leases_queue.
 */
export async function lockQueueGates(transaction: Queryable, queueId: number): Promise<QueueGates | null> {
  await transaction.query({
    name: "lock-queue",
    text: "select id from signalbox.queues where id = $1 for no key update",
    values: [queueId],
  });
  const { rows } = await transaction.query({
    name: "read-queue-gates",
    text: `select q.paused, q.max_running as "maxRunning", signalbox.now_ms()::float8 as "nowMs",
        case when q.max_running is null then 0 else (select count(*)::int from signalbox.leases where queue_id = q.id) end as running,
        b.count, b.per_ms as "perMs", b.level::float8 as level, b.at_ms::float8 as "atMs"
      from signalbox.queues q left join signalbox.queue_buckets b on b.queue_id = q.id where q.id = $1`,
    values: [queueId],
  });
  const row = (rows as (Omit<QueueGates, "bucket"> & BucketColumns)[])[0];
  if (row === undefined) return null;
  const { paused, maxRunning, running, nowMs, count, perMs, level, atMs } = row;
  const bucket = count === null ? null : { limit: { count, perMs }, level, atMs };
  return { paused, maxRunning, running, bucket, nowMs };
}

interface BucketColumns {
  count: number | null;
  perMs: number;
  level: number;
  atMs: number;
}
