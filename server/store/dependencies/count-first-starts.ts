import type { Queryable } from "#db/client.ts";

/**
 * First attempts that started since `sinceMs` and before `untilMs`: of dependencies as they were reported, of
 * definitions as their lanes counted starts. Indexes: dependency_outcomes_time, metrics_1s by time.
 */
export async function countFirstStarts(
  db: Queryable,
  of: { dependencyId: number } | { lanes: readonly number[] },
  sinceMs: number,
  untilMs: number,
): Promise<number> {
  const { rows } =
    "dependencyId" in of
      ? await db.query({
          name: "count-first-starts-of-dependency",
          text: `select coalesce(sum(first_starts), 0)::float8 as starts from signalbox.dependency_outcomes
            where dependency_id = $1 and at_ms >= $2 and at_ms < $3`,
          values: [of.dependencyId, sinceMs, untilMs],
        })
      : await db.query({
          name: "count-first-starts-of-lanes",
          text: `select greatest(coalesce(sum(started - retried), 0), 0)::float8 as starts from signalbox.metrics_1s
            where lane = any($1::int[]) and at_ms >= $2 and at_ms < $3`,
          values: [of.lanes, sinceMs, untilMs],
        });
  return (rows as { starts: number }[])[0]?.starts ?? 0;
}
