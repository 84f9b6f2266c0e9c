import type { Queryable } from "#db/client.ts";

/** The id after which reports are newer than `atMs`; 0 when there are none older. Index: dependency_outcomes_time. */
export async function findOutcomeBefore(db: Queryable, atMs: number): Promise<string> {
  const { rows } = await db.query({
    text: `select coalesce((select id from signalbox.dependency_outcomes where at_ms < $1 order by at_ms desc limit 1), 0)::text as id`,
    values: [atMs],
  });
  return (rows as { id: string }[])[0]?.id ?? "0";
}
