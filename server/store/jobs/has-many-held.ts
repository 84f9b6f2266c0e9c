import type { Queryable } from "#db/client.ts";

/** So many held jobs are looked through whole, in the order of their ids. */
const few = 5_000;

/** Whether more jobs are held than are looked through whole. Reads 5,001 entries of an index at most. */
export async function hasManyHeld(db: Queryable): Promise<boolean> {
  const { rows } = await db.query({
    name: "has-many-held",
    text: "select count(*)::int as jobs from (select from signalbox.held limit $1) bounded",
    values: [few + 1],
  });
  return (rows[0] as { jobs: number }).jobs > few;
}
