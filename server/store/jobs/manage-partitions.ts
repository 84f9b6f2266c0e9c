import type { Queryable } from "#db/client.ts";

/** Make the partitions of yesterday to three days ahead; returns how many were missing. */
export async function ensurePartitions(db: Queryable): Promise<number> {
  const { rows } = await db.query({
    text: "select signalbox.ensure_partitions((clock_timestamp() at time zone 'UTC')::date - 1, 5) as made",
  });
  return (rows[0] as { made: number }).made;
}
