import type { Queryable } from "#db/client.ts";

/** Jobs looked at on each of the two ways. */
const looked = 1_000;

/**
 * The newest completed job of these lanes, looked for among the newest completed jobs of all lanes, then among the newest
 * jobs of these: one is short where the lanes are busy, the other where they are quiet. Null when there is none near.
 */
export async function findLastCompleted(db: Queryable, lanes: readonly number[]): Promise<string | null> {
  const { rows } = await db.query({
    name: "find-last-completed",
    text: `select coalesce(
        (select c.id from (select id from signalbox.completed order by id desc limit $2) c
          cross join lateral (select lane from signalbox.jobs where id = c.id limit 1) j
          where j.lane = any($1::int[]) order by c.id desc limit 1),
        (select c.id from unnest($1::int[]) l(lane)
          cross join lateral (select id from signalbox.jobs where lane = l.lane order by id desc limit $2) j
          cross join lateral (select id from signalbox.completed where id = j.id limit 1) c
          order by c.id desc limit 1)) as id`,
    values: [lanes, looked],
  });
  return (rows[0] as { id: string | null }).id;
}
