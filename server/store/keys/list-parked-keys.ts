import type { Queryable } from "#db/client.ts";

/** A key with parked jobs. */
export interface ParkedKey {
  key: string;
  /** Its jobs in line or running, of all classes. */
  slots: number;
  /** Parked jobs by class, as far as they were counted. */
  waiting: number[];
  /** How far it is ahead, by class; null where it is not, empty when it was not asked. */
  passes: (number | null)[];
}

/** Which keys are looked at, and how deep. */
export interface ParkedLook {
  queueId: number;
  /** The keys after this one in byte order; empty for the first. */
  afterKey: string;
  limit: number;
  /** Jobs counted of each class. */
  depth: number;
  /** Keys with so many slots are passed over; null without a cap. */
  maxRunningPerKey: number | null;
  /** Whether passes are asked for. */
  fair: boolean;
}

/**
 * Keys of a queue that have parked jobs and room for them, out of up to `limit` with parked jobs. Walks the index from key
 * to key (held_key), however many jobs stand behind each. `afterKey`: where the next look goes on, empty at the end.
 */
export async function listParkedKeys(
  transaction: Queryable,
  { queueId, afterKey, limit, depth, maxRunningPerKey, fair }: ParkedLook,
): Promise<{ keys: ParkedKey[]; afterKey: string }> {
  const { rows } = await transaction.query({
    name: "list-parked-keys",
    text: `with recursive parked(reference, place) as (
        (select reference collate "C", 1 from signalbox.held where reason = 'concurrency-key'
          and reference collate "C" > $2 and reference collate "C" < $3 order by reference collate "C" limit 1)
        union all
        select (select h.reference collate "C" from signalbox.held h where h.reason = 'concurrency-key'
          and h.reference collate "C" > p.reference and h.reference collate "C" < $3 order by h.reference collate "C" limit 1), p.place + 1
        from parked p where p.reference is not null and p.place < $4),
      named as materialized (select reference, substr(reference, strpos(reference, ' ') + 1) as key from parked where reference is not null),
      slotted as materialized (
        select n.reference, n.key, s.slots, $6::int is null or s.slots < $6 as free from named n cross join lateral (
          select count(*)::int as slots from signalbox.key_slots s where s.queue_id = $1 and s.key = n.key) s)
      select key, slots,
        case when free then array(select (select count(*)::int from (
            select from signalbox.held h where h.reason = 'concurrency-key' and h.reference collate "C" = n.reference and h.class = c
            limit $5) few) from generate_series(0, 4) c order by c) end as waiting,
        case when free and $7 then array(
          select (select pass from signalbox.key_passes p where p.queue_id = $1 and p.class = c and p.key = n.key)
          from generate_series(0, 4) c order by c) else '{}' end as passes
      from slotted n order by reference`,
    values: [queueId, `${queueId} ${afterKey}`, `${queueId}!`, limit, depth, maxRunningPerKey, fair],
  });
  const looked = rows as (Omit<ParkedKey, "waiting"> & { waiting: number[] | null })[];
  return {
    keys: looked.filter((each): each is ParkedKey => each.waiting !== null),
    afterKey: looked.length < limit ? "" : (looked.at(-1)?.key ?? ""),
  };
}
