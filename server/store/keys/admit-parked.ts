import type { Queryable } from "#db/client.ts";

/** So many jobs of a class of a key to put in line, the first of them first. */
export interface KeyAdmission {
  key: string;
  rank: number;
  count: number;
}

/**
 * Put parked jobs in line, each with a slot; answers the lanes that got work, one entry a job. What an operator takes out
 * at the same moment is passed over. `behindAll` gives them their place as of now, whenever they were due: else what a key
 * has had waiting longest would overtake the keys that were admitted before it. The transaction holds the line's lock. Index: held_key.
 */
export async function admitParked(
  transaction: Queryable,
  queueId: number,
  { admissions, behindAll }: { admissions: readonly KeyAdmission[]; behindAll: boolean },
): Promise<number[]> {
  const { rows } = await transaction.query({
    name: "admit-parked",
    text: `with moment as materialized (select case when $5 then signalbox.now_ms() end as at_ms),
      wanted as materialized (select * from unnest($2::text[], $3::smallint[], $4::int[]) as t(key, class, most)),
      picked as materialized (
        select w.key, h.id from wanted w cross join lateral (
          select id from signalbox.held where reason = 'concurrency-key' and reference collate "C" = $1 || ' ' || w.key
            and class = w.class order by run_at_ms, id limit w.most for update skip locked) h),
      gone as (
        delete from signalbox.held where id = any(array(select id from picked))
        returning run_at_ms, id, lane, attempt, class, failures, losses, amended),
      placed as (
        insert into signalbox.ready (run_at_ms, id, lane, attempt, class, failures, losses, amended)
        select coalesce(m.at_ms, run_at_ms), id, lane, attempt, class, failures, losses, amended from gone, moment m),
      slotted as (
        insert into signalbox.key_slots (job_id, queue_id, key, class, place_ms)
        select g.id, $1::int, p.key, g.class, coalesce(m.at_ms, g.run_at_ms) from moment m, gone g join picked p on p.id = g.id
        on conflict (job_id) do update set queue_id = excluded.queue_id, key = excluded.key, class = excluded.class,
          place_ms = excluded.place_ms)
      select lane from gone`,
    values: [
      String(queueId),
      admissions.map(({ key }) => key),
      admissions.map(({ rank }) => rank),
      admissions.map(({ count }) => count),
      behindAll,
    ],
    rowMode: "array",
  });
  return (rows as [number][]).map(([lane]) => lane);
}
