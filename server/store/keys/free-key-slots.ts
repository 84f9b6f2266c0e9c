import type { Queryable } from "#db/client.ts";

/** A job that is old enough to be past its retention is looked for by its own row too. */
const oldMs = 3_600_000;

export interface FreedSlots {
  freed: number;
  /** The last slot that was looked at, where the next look goes on; null when the end was reached. */
  after: { key: string; jobId: string } | null;
}

/**
 * Look at up to `limit` slots of a queue and free those whose jobs are neither in line nor running any more: they ended,
 * wait out a backoff, or were set aside. The transaction holds the line's lock. A row of `scheduled` is locked with it, so
 * that a promotion sees the job with its slot or without, never both. Index: key_slots_key; each job by primary keys.
 */
export async function freeKeySlots(
  transaction: Queryable,
  { queueId, after, limit }: { queueId: number; after: FreedSlots["after"]; limit: number },
): Promise<FreedSlots> {
  // A limit of one row keeps each look a probe of an index: as a join the planner may read all that ever completed.
  const { rows } = await transaction.query({
    name: "free-key-slots",
    text: `with looked as materialized (
        select job_id, key from signalbox.key_slots where queue_id = $1 and (key, job_id) > ($2, $3::bigint)
        order by key, job_id limit $4),
      done as materialized (
        select k.job_id from looked k cross join lateral (
          (select 1 from signalbox.completed where id = k.job_id limit 1) union all
          (select 1 from signalbox.cancelled where id = k.job_id limit 1) union all
          (select 1 from signalbox.dead where id = k.job_id limit 1) union all
          (select 1 from signalbox.held where id = k.job_id limit 1) union all
          (select 1 from signalbox.pending where id = k.job_id limit 1) union all
          (select 1 where signalbox.id_ms(k.job_id) < signalbox.now_ms() - ${oldMs}
            and not exists (select from signalbox.jobs where id = k.job_id)) limit 1) ended),
      later as materialized (
        select s.id from looked k cross join lateral (
          select id from signalbox.scheduled where id = k.job_id limit 1 for update skip locked) s),
      gone as (
        delete from signalbox.key_slots where job_id = any(array(select job_id from done union select id from later))
        returning job_id)
      select (select count(*)::int from gone) as freed, count(*)::int as looked,
        (select array[key, job_id::text] from looked order by key desc, job_id desc limit 1) as last from looked`,
    values: [queueId, after?.key ?? "", after?.jobId ?? "0", limit],
  });
  const { freed, looked, last } = rows[0] as { freed: number; looked: number; last: [string, string] | null };
  return { freed, after: looked < limit || last === null ? null : { key: last[0], jobId: last[1] } };
}
