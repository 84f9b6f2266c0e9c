import type { TokenBucket } from "#core/flow/token-bucket.ts";
import type { Queryable } from "#db/client.ts";

/** Write the token bucket of a queue whose row the transaction has locked; null takes it away. */
export async function saveBucket(
  transaction: Queryable,
  queueId: number,
  bucket: TokenBucket | null,
): Promise<void> {
  if (bucket === null) {
    await transaction.query({
      text: "delete from signalbox.queue_buckets where queue_id = $1",
      values: [queueId],
    });
    return;
  }
  const { limit, level, atMs } = bucket;
  await transaction.query({
    name: "save-bucket",
    text: `insert into signalbox.queue_buckets (queue_id, count, per_ms, level, at_ms) values ($1, $2, $3, $4, $5)
      on conflict (queue_id) do update set count = $2, per_ms = $3, level = $4, at_ms = $5`,
    values: [queueId, limit.count, limit.perMs, level, atMs],
  });
}
