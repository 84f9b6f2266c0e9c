import type { Queryable } from "#db/client.ts";

/** The dependencies that groups name which failed since `fromMs`, by name; at most 200, out of the newest 5,000 groups. */
export async function listFailingDependencies(db: Queryable, fromMs: number): Promise<string[]> {
  const { rows } = await db.query({
    name: "list-failing-dependencies",
    text: `select distinct dependency from (
        select dependency from signalbox.failure_groups where last_seen_ms >= $1 order by last_seen_ms desc limit 5000) n
      where dependency is not null order by 1 limit 200`,
    values: [fromMs],
  });
  return (rows as { dependency: string }[]).map((row) => row.dependency);
}
