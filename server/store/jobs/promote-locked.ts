import type { Queryable } from "#db/client.ts";
import { numberArray } from "../number-array.ts";
import type { Promotion } from "./promote-due.ts";

/**
 * Move these jobs, which the transaction has locked, from scheduled to ready; those with a concurrency key that a
 * dispatcher has yet to admit to held, where their queue limits keys. A statement of its own after the lock: whether a
 * job has a place is seen as it is then.
 */
export async function promoteLocked(transaction: Queryable, ids: readonly string[]): Promise<Promotion> {
  const { rows } = await transaction.query({
    name: "promote-locked",
    text: `with gone as (
        delete from signalbox.scheduled where id = any($1::bigint[])
        returning run_at_ms, id, lane, attempt, class, failures, losses, amended),
      parked as materialized (
        select g.id, format('%s %s', q.id, j.concurrency_key) as reference
        from gone g join signalbox.lanes l on l.id = g.lane
        join signalbox.queues q on q.id = l.queue_id and (q.max_running_per_key is not null or q.fair)
        cross join lateral (select concurrency_key from signalbox.jobs where id = g.id limit 1) j
        where j.concurrency_key is not null and not exists (select from signalbox.key_slots s where s.job_id = g.id)),
      aside as (
        insert into signalbox.held (id, reason, reference, held_at_ms, run_at_ms, lane, attempt, class, failures, losses, amended)
        select g.id, 'concurrency-key', p.reference, signalbox.now_ms(), g.run_at_ms, g.lane, g.attempt, g.class, g.failures,
          g.losses, g.amended from gone g join parked p on p.id = g.id),
      moved as (
        insert into signalbox.ready (run_at_ms, id, lane, attempt, class, failures, losses, amended)
        select run_at_ms, id, lane, attempt, class, failures, losses, amended from gone where id not in (select id from parked))
      select count(*)::int as moved, coalesce(array_agg(distinct lane), '{}') as lanes,
        (select run_at_ms - signalbox.now_ms() from signalbox.scheduled where run_at_ms > (select signalbox.now_ms())
          order by run_at_ms, id limit 1)::float8 as "nextInMs"
      from gone`,
    values: [numberArray(ids)],
  });
  return rows[0] as Promotion;
}
