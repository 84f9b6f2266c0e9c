import type { Queryable } from "#db/client.ts";

/** Jobs in line in these lanes, counted up to `most`. Index: ready_order. */
export async function countInLine(db: Queryable, lanes: readonly number[], most: number): Promise<number> {
  const { rows } = await db.query({
    name: "count-in-line",
    text: `select count(*)::int as jobs from (
      select from unnest($1::int[]) l(lane) cross join lateral (
        select from signalbox.ready r where r.lane = l.lane limit $2) r limit $2) few`,
    values: [lanes, most],
  });
  return (rows[0] as { jobs: number }).jobs;
}
