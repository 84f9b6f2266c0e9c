import type { Queryable } from "#db/client.ts";

/** Ended jobs that are kept by their own end and not by their day. */
export type EndedTable = "cancelled" | "dead" | "completed_default";

/** Ids of up to `limit` jobs that ended before `beforeMs`, the longest ago first. */
export async function findPastJobs(
  db: Queryable,
  table: EndedTable,
  beforeMs: number,
  limit: number,
): Promise<string[]> {
  const { rows } = await db.query({
    name: `find-past-${table}`,
    text: `select id::text as id from signalbox.${table} where finished_at_ms < $1 order by finished_at_ms limit $2`,
    values: [Math.floor(beforeMs), limit],
  });
  return (rows as { id: string }[]).map((row) => row.id);
}
