import type { Queryable } from "#db/client.ts";

/** A job that waits for its next attempt after a failure. */
export interface WaitingRetryRow {
  id: string;
  lane: number;
  rank: number;
  runAtMs: number;
  failures: number;
  losses: number;
  /** Number of the attempt that failed. */
  attempt: number;
  failureClass: string | null;
  firstStartedAtMs: number;
}

/** Retries looked at, of whatever lane, and returned of the lanes wanted. */
const scanned = 5_000;

/** Retryable jobs of the lanes, oldest job first, up to `limit`; of a very long line only the first 5,000 are looked at. */
export async function listWaitingRetries(
  db: Queryable,
  lanes: readonly number[],
  limit: number,
): Promise<WaitingRetryRow[]> {
  const { rows } = await db.query({
    name: "list-waiting-retries",
    text: `select s.id, s.lane, s.class::int as rank, s.run_at_ms::float8 as "runAtMs", s.failures::int, s.losses::int,
        s.attempt, l.failure_class as "failureClass", f.started_at_ms::float8 as "firstStartedAtMs"
      from (select * from (
          select id, lane, class, run_at_ms, failures, losses, attempt from signalbox.scheduled
          where retry order by id limit $3) r where lane = any($1) limit $2) s
      join signalbox.attempts l on l.job_id = s.id and l.number = s.attempt
      join signalbox.attempts f on f.job_id = s.id and f.number = 1`,
    values: [lanes, limit, scanned],
  });
  return rows as WaitingRetryRow[];
}
