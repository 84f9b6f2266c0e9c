import type { Queryable } from "#db/client.ts";

/** Leases that ran out at least `overMs` ago and still hold something, and when the first did; null for none. */
export async function readExpiredLeases(
  db: Queryable,
  overMs: number,
): Promise<{ leases: number; oldestUntilMs: number } | null> {
  const { rows } = await db.query({
    name: "read-expired-leases",
    text: `select count(*)::int as leases, min(until_ms)::float8 as "oldestUntilMs" from signalbox.leases
      where until_ms < (select signalbox.now_ms()) - $1 and cardinality(fenced) < cardinality(ids)`,
    values: [overMs],
  });
  const found = rows[0] as { leases: number; oldestUntilMs: number } | undefined;
  return found === undefined || found.leases === 0 ? null : found;
}
