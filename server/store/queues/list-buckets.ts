import type { TokenBucket } from "#core/flow/token-bucket.ts";
import type { Queryable } from "#db/client.ts";

/** The token buckets of queues with a rate limit, by the queue's id; 1,000 at most. */
export async function listBuckets(db: Queryable): Promise<(TokenBucket & { queueId: number })[]> {
  const { rows } = await db.query({
    name: "list-buckets",
    text: `select queue_id as "queueId", json_build_object('count', count, 'perMs', per_ms) as "limit",
        level::float8 as level, at_ms::float8 as "atMs"
      from signalbox.queue_buckets limit 1000`,
  });
  return rows as (TokenBucket & { queueId: number })[];
}
