import type { Queryable } from "#db/client.ts";

/**
 * The jobs submitted on a day that are not completed, in whatever state: up to `limit` ids. What is not completed is
 * found by what is missing, so that no state can be forgotten. Reads all jobs of the day.
 */
export async function findOpenJobs(db: Queryable, day: string, limit: number): Promise<string[]> {
  const { rows } = await db.query({
    text: `with span as (
        select signalbox.first_id_at((extract(epoch from $1::date::timestamp) * 1000)::bigint) as low,
          signalbox.first_id_at((extract(epoch from ($1::date + 1)::timestamp) * 1000)::bigint) as high)
      select j.id::text as id from signalbox.jobs j
      where j.id >= (select low from span) and j.id < (select high from span)
        and not exists (select from signalbox.completed c where c.id = j.id) limit $2`,
    values: [day, limit],
  });
  return (rows as { id: string }[]).map((row) => row.id);
}
