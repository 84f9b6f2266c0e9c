import { weightOf } from "#core/flow/key-weights.ts";
import { noSuchQueue } from "#server/operations/queues/patch-queue.ts";
import { listQueueKeys, mostCounted, type QueueKey } from "#server/store/keys/list-queue-keys.ts";
import { findQueue } from "#server/store/queues/find-queue.ts";
import type { ApiContext } from "../context.ts";

const page = 25;

/** Keys of a queue with their jobs and shares; `next` is where the next page goes on, null at the end. */
export interface QueueKeys {
  /** Jobs of a key are counted up to so many; a count of one more says that there are more. */
  countedTo: number;
  keys: (QueueKey & { weight: number })[];
  next: string | null;
}

/** A page of the concurrency keys of a queue, in byte order. Throws `not_found`. */
export async function readQueueKeys(
  { db }: Pick<ApiContext, "db">,
  name: string,
  afterKey: string,
): Promise<QueueKeys> {
  const queue = await findQueue(db, name);
  if (queue === null) throw noSuchQueue(name);
  const { id: queueId, keyWeights } = queue;
  const named = Object.keys(keyWeights);
  const keys = await listQueueKeys(db, { queueId, afterKey, limit: page, named });
  return {
    countedTo: mostCounted,
    keys: keys.map((each) => ({ ...each, weight: weightOf(keyWeights, each.key) })),
    next: keys.length < page ? null : (keys.at(-1)?.key ?? null),
  };
}
