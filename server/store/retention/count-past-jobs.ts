import type { Queryable } from "#db/client.ts";

/** How many cancelled or dead jobs ended before `beforeMs`, counted up to `most`. */
export async function countPastJobs(
  db: Queryable,
  table: "cancelled" | "dead",
  beforeMs: number,
  most: number,
): Promise<number> {
  const { rows } = await db.query({
    name: `count-past-${table}`,
    text: `select count(*)::float8 as count from (
      select from signalbox.${table} where finished_at_ms < $1 limit $2) past`,
    values: [Math.floor(beforeMs), most],
  });
  return (rows[0] as { count: number }).count;
}
