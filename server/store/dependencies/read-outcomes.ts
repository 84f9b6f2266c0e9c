import type { Queryable } from "#db/client.ts";
import type { OutcomeRow } from "./insert-outcomes.ts";

/** A report with its place in the order of writing. */
export type ReportedOutcomes = Omit<OutcomeRow, "durations"> & { id: string; durations: number[] | null };

/**
 * Reports with an id above `afterId`, oldest first, 5,000 at most. Ids are given before the commit, so a caller that
 * follows the end asks again for a little of what it has had. Index: the primary key.
 */
export async function readOutcomes(db: Queryable, afterId: string): Promise<ReportedOutcomes[]> {
  const { rows } = await db.query({
    name: "read-outcomes",
    text: `select id::text as id, at_ms::float8 as "atMs", dependency_id as "dependencyId", succeeded, failed, refused, slow,
        overdue, first_starts as "firstStarts", retry_starts as "retryStarts", duration_ms_sum as "durationMsSum",
        in_flight as "inFlight", durations
      from signalbox.dependency_outcomes o where o.id > $1 order by o.id limit 5000`,
    values: [afterId],
  });
  return rows as ReportedOutcomes[];
}
