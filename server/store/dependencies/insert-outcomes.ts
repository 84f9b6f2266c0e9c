import type { Queryable } from "#db/client.ts";

/** What attempts of one process came to, by dependency, since it last said so. */
export interface OutcomeRow {
  atMs: number;
  dependencyId: number;
  succeeded: number;
  /** By the dependency's fault: timeouts, refused connections, 5xx. */
  failed: number;
  /** Asked to slow down. */
  refused: number;
  /** Answered, but later than the slow limit. */
  slow: number;
  /** Still without an answer beyond the slow limit. */
  overdue: number;
  firstStarts: number;
  retryStarts: number;
  durationMsSum: number;
  /** Jobs of it that ran when the row was written. */
  inFlight: number;
  /** Counts by the buckets of core/metric/histogram.ts; null when nothing was answered. */
  durations: number[] | null;
}

/** Append what one process counted. */
export async function insertOutcomes(db: Queryable, source: number, rows: OutcomeRow[]): Promise<void> {
  await db.query({
    name: "insert-outcomes",
    text: `insert into signalbox.dependency_outcomes (at_ms, source, dependency_id, succeeded, failed, refused, slow, overdue,
        first_starts, retry_starts, duration_ms_sum, in_flight, durations)
      select "atMs", $1, "dependencyId", succeeded, failed, refused, slow, overdue, "firstStarts", "retryStarts",
        "durationMsSum", "inFlight", durations
      from jsonb_to_recordset($2::jsonb) as r("atMs" bigint, "dependencyId" int, succeeded int, failed int, refused int, slow int,
        overdue int, "firstStarts" int, "retryStarts" int, "durationMsSum" float8, "inFlight" int, durations int[])`,
    values: [source, JSON.stringify(rows)],
  });
}
