import type { Queryable } from "#db/client.ts";

/** A place in the line of a lane and class. */
export interface ReadyPlace {
  lane: number;
  rank: number;
  runAtMs: number;
  id: string;
}

/**
 * Look at up to `limit` jobs in line of a queue's lanes, after a place, and park those with a key and without a slot.
 * For what stood in line when the queue began to limit its keys. Index: ready_order. `after` null: the end was reached.
 */
export async function parkUnadmitted(
  transaction: Queryable,
  {
    queueId,
    lanes,
    after,
    limit,
  }: { queueId: number; lanes: number[]; after: ReadyPlace | null; limit: number },
): Promise<{ parked: number; after: ReadyPlace | null }> {
  const { rows } = await transaction.query({
    name: "park-unadmitted",
    text: `with looked as materialized (
        select ctid as tid, lane, class, run_at_ms, id from signalbox.ready
        where lane = any($2::int[]) and (lane, class, run_at_ms, id) > ($3, $4, $5, $6)
        order by lane, class, run_at_ms, id limit $7),
      keyed as materialized (
        select k.id, k.tid, j.concurrency_key as key from looked k
        cross join lateral (select concurrency_key from signalbox.jobs where id = k.id limit 1) j
        where j.concurrency_key is not null and not exists (select from signalbox.key_slots s where s.job_id = k.id)),
      locked as materialized (
        select r.ctid as tid from signalbox.ready r where r.ctid = any(array(select tid from keyed)) for update skip locked),
      gone as (
        delete from signalbox.ready where ctid = any(array(select tid from locked))
        returning run_at_ms, id, lane, attempt, class, failures, losses, amended),
      aside as (
        insert into signalbox.held (id, reason, reference, held_at_ms, run_at_ms, lane, attempt, class, failures, losses, amended)
        select g.id, 'concurrency-key', $1 || ' ' || k.key, signalbox.now_ms(), g.run_at_ms, g.lane, g.attempt, g.class, g.failures,
          g.losses, g.amended from gone g join keyed k on k.id = g.id)
      select (select count(*)::int from gone) as parked, (select count(*)::int from looked) as looked,
        (select jsonb_build_object('lane', lane, 'rank', class, 'runAtMs', run_at_ms, 'id', id::text) from looked
          order by lane desc, class desc, run_at_ms desc, id desc limit 1) as last`,
    values: [
      String(queueId),
      lanes,
      after?.lane ?? 0,
      after?.rank ?? 0,
      after?.runAtMs ?? 0,
      after?.id ?? "0",
      limit,
    ],
  });
  const { parked, looked, last } = rows[0] as { parked: number; looked: number; last: ReadyPlace | null };
  return { parked, after: looked < limit ? null : last };
}

/** Give a slot to each running job of a queue that has a key and none. */
export async function slotRunning(transaction: Queryable, queueId: number, lanes: number[]): Promise<void> {
  await transaction.query({
    name: "slot-running",
    text: `insert into signalbox.key_slots (job_id, queue_id, key, class, place_ms)
      select u.id, $1, j.concurrency_key, j.class, l.claimed_at_ms from signalbox.leases l cross join lateral unnest(l.ids) u(id)
      cross join lateral (
        select concurrency_key, coalesce(a.class, o.class) as class, coalesce(a.lane, o.lane) as lane from signalbox.jobs o
        left join lateral (
          select lane, class from signalbox.amendments where job_id = o.id order by revision desc limit 1) a on true
        where o.id = u.id limit 1) j
      where u.id <> all(l.fenced) and j.concurrency_key is not null and j.lane = any($2::int[])
        and not exists (select from signalbox.completed c where c.id = u.id)
      on conflict (job_id) do nothing`,
    values: [queueId, lanes],
  });
}
