import type { Queryable } from "#db/client.ts";

/** Failures since `fromMs` of the other groups that name the same dependency. */
export async function countDependencyFailures(
  db: Queryable,
  other: { dependency: string; fingerprint: string; fromMs: number },
): Promise<number> {
  const { rows } = await db.query({
    name: "count-dependency-failures",
    text: `select coalesce(sum(c.attempts), 0)::float8 as failures from signalbox.failure_counts c
      join signalbox.failure_groups g using (fingerprint)
      where c.grain_ms = 60000 and c.at_ms >= $3 and g.dependency = $1 and g.fingerprint <> $2`,
    values: [other.dependency, other.fingerprint, other.fromMs],
  });
  return (rows[0] as { failures: number }).failures;
}
