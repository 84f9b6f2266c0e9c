import type { Queryable } from "#db/client.ts";

/** Count the jobs that were taken back from workers, by their ids, in order of the ids so that no two wait for each other. */
export async function addTakenBack(
  transaction: Queryable,
  jobsByWorker: ReadonlyMap<string, number>,
): Promise<void> {
  if (jobsByWorker.size === 0) return;
  await transaction.query({
    name: "add-taken-back",
    text: `with counted as (select * from unnest($1::bigint[], $2::int[]) as t(id, jobs)),
      locked as (select w.id from signalbox.workers w join counted using (id) order by w.id for no key update of w)
      update signalbox.workers w set taken_back = w.taken_back + c.jobs from counted c, locked l
      where w.id = c.id and l.id = w.id`,
    values: [[...jobsByWorker.keys()], [...jobsByWorker.values()]],
  });
}
