import type { Queryable } from "#db/client.ts";

/** A key with parked jobs. */
export interface ParkedKey {
  key: string;
  /** Its jobs in line or running, of all classes. */
  slots: number;
  /** Parked jobs by class, as far as they were counted. */
  waiting: number[];
  /** How far it is ahead, by class; null where it is not. */
  passes: (number | null)[];
}

/**
 * Up to `limit` keys of a queue that have parked jobs, in order after `afterKey`, each with up to `depth` jobs of a class
 * counted. Walks the index from key to key (held_key), however many jobs stand behind each.
 */
export async function listParkedKeys(
  transaction: Queryable,
  { queueId, afterKey, limit, depth }: { queueId: number; afterKey: string; limit: number; depth: number },
): Promise<ParkedKey[]> {
  const { rows } = await transaction.query({
    name: "list-parked-keys",
    text: `with recursive parked(reference, place) as (
        (select reference collate "C", 1 from signalbox.held where reason = 'concurrency-key'
          and reference collate "C" > $2 and reference collate "C" < $3 order by reference collate "C" limit 1)
        union all
        select (select h.reference collate "C" from signalbox.held h where h.reason = 'concurrency-key'
          and h.reference collate "C" > p.reference and h.reference collate "C" < $3 order by h.reference collate "C" limit 1), p.place + 1
        from parked p where p.reference is not null and p.place < $4),
      named as materialized (select reference, substr(reference, strpos(reference, ' ') + 1) as key from parked where reference is not null)
      select n.key, (select count(*)::int from signalbox.key_slots s where s.queue_id = $1 and s.key = n.key) as slots,
        array(select (select count(*)::int from (
            select from signalbox.held h where h.reason = 'concurrency-key' and h.reference collate "C" = n.reference and h.class = c
            limit $5) few) from generate_series(0, 4) c order by c) as waiting,
        array(select (select pass from signalbox.key_passes p where p.queue_id = $1 and p.class = c and p.key = n.key)
          from generate_series(0, 4) c order by c) as passes
      from named n order by n.reference`,
    values: [queueId, `${queueId} ${afterKey}`, `${queueId}!`, limit, depth],
  });
  return rows as ParkedKey[];
}
