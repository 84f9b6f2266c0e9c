import type { Queryable } from "#db/client.ts";

/**
 * The failures of each group in its fullest minute that began since `fromMs` and since its state was set; groups without
 * any are left out.
 */
export async function readBusiestMinutes(
  db: Queryable,
  fingerprints: readonly string[],
  fromMs: number,
): Promise<Map<string, number>> {
  const { rows } = await db.query({
    name: "read-busiest-minutes",
    text: `select fingerprint, max(failures)::int as most from (
        select c.fingerprint, c.at_ms, sum(c.attempts) as failures
        from signalbox.failure_groups g join signalbox.failure_counts c on c.fingerprint = g.fingerprint
          and c.grain_ms = 60000 and c.at_ms >= greatest($2, g.state_at_ms)
        where g.fingerprint = any($1) group by 1, 2) m group by 1`,
    values: [fingerprints, fromMs],
  });
  return new Map((rows as { fingerprint: string; most: number }[]).map((row) => [row.fingerprint, row.most]));
}
