import type { Queryable } from "#db/client.ts";

/** A concurrency key of a queue. */
export interface QueueKey {
  key: string;
  /** Its jobs in line or running; beyond {@link mostCounted} one more than that. */
  taken: number;
  /** Its jobs that are held for the key; as `taken`. */
  held: number;
}

/** Jobs of a key are counted up to so many. */
export const mostCounted = 1_000;

const nextHeld = (
  after: string,
) => `(select substr(h.reference, strpos(h.reference, ' ') + 1) from signalbox.held h
  where h.reason = 'concurrency-key' and h.reference collate "C" > $1::int || ' ' || ${after} and h.reference collate "C" < $1::int || '!'
  order by h.reference collate "C" limit 1)`;
const nextTaken = (after: string) =>
  `(select s.key from signalbox.key_slots s where s.queue_id = $1 and s.key > ${after} order by s.key limit 1)`;
const nextNamed = (after: string) =>
  `(select min(n.key collate "C") from unnest($4::text[]) n(key) where n.key collate "C" > ${after})`;
const next = (after: string) =>
  `least(${nextHeld(after)} collate "C", ${nextTaken(after)} collate "C", ${nextNamed(after)} collate "C")`;

/**
 * Keys of a queue that have jobs held, in line or running, and those in `named`, in byte order after one. Walks from key to
 * key and counts up to 1,000 jobs of each; nothing else is read, however many keys and jobs there are.
 */
export async function listQueueKeys(
  db: Queryable,
  {
    queueId,
    afterKey,
    limit,
    named,
  }: { queueId: number; afterKey: string; limit: number; named: readonly string[] },
): Promise<QueueKey[]> {
  const { rows } = await db.query({
    name: "list-queue-keys",
    text: `with recursive walk(key, place) as (
        select ${next('$2::text collate "C"')}, 1
        union all
        select ${next('w.key collate "C"')}, w.place + 1 from walk w where w.key is not null and w.place < $3)
      select key,
        (select count(*)::int from (
          select from signalbox.key_slots s where s.queue_id = $1 and s.key = w.key collate "C" limit ${mostCounted + 1}) few) as taken,
        (select count(*)::int from (
          select from signalbox.held h where h.reason = 'concurrency-key' and h.reference collate "C" = $1::int || ' ' || w.key
          limit ${mostCounted + 1}) few) as held
      from walk w where key is not null order by place`,
    values: [queueId, afterKey, limit, named],
  });
  return rows as QueueKey[];
}
