import type { Queryable } from "#db/client.ts";

/** Jobs in line and held in the lanes, counted up to `limit`. Index: ready_order. */
export async function countReady(db: Queryable, lanes: readonly number[], limit: number): Promise<number> {
  const { rows } = await db.query({
    name: "count-ready",
    text: `select count(*)::int as jobs from (
        (select from signalbox.ready where lane = any($1) limit $2)
        union all (select from signalbox.held where lane = any($1) limit $2)) r`,
    values: [lanes, limit],
  });
  return (rows[0] as { jobs: number }).jobs;
}
