import type { Queryable } from "#db/client.ts";

export interface RecordedAttemptRow {
  outcome: string;
  lane: number;
  startedAtMs: number;
  finishedAtMs: number;
  failureClass: string | null;
  retryAfterMs: number | null;
  /** Why it was the last one, as in core/retry/decide-retry.ts; null when another followed. */
  deadReason: string | null;
}

/** A job with its attempts that did not complete, oldest first. */
export interface RecordedJobRow {
  id: string;
  lane: number;
  rank: number;
  /** Start of the attempt that completed it. */
  succeededAtMs: number | null;
  dead: boolean;
  /** Somebody cancelled it while it waited or ran. */
  cancelled: boolean;
  /** Somebody changed or retried it by hand. */
  amended: boolean;
  attempts: RecordedAttemptRow[];
}

const mostAttempts = 200;

/** How jobs went, by their ids; at most the first 200 attempts of each. Ids that are gone are left out. */
export async function loadRecordedJobs(db: Queryable, ids: readonly string[]): Promise<RecordedJobRow[]> {
  // Lateral with a limit: a plain join over a thousand ids is taken for a reason to read the whole day.
  const [jobs, attempts] = await Promise.all([
    db.query({
      name: "load-recorded-jobs",
      text: `select j.id, j.lane, j.class::int as rank, c.started_at_ms::float8 as "succeededAtMs", d.id is not null as dead,
          exists (select from signalbox.cancelled x where x.id = j.id) as cancelled,
          exists (select from signalbox.amendments m where m.job_id = j.id) as amended
        from unnest($1::bigint[]) w(id)
        cross join lateral (select id, lane, class from signalbox.jobs where id = w.id limit 1) j
        left join lateral (select started_at_ms from signalbox.completed where id = w.id limit 1) c on true
        left join lateral (select id from signalbox.dead where id = w.id limit 1) d on true`,
      values: [ids],
    }),
    db.query({
      name: "load-recorded-attempts",
      text: `select a.job_id as "jobId", a.outcome, a.lane, a.started_at_ms::float8 as "startedAtMs",
          a.finished_at_ms::float8 as "finishedAtMs", a.failure_class as "failureClass",
          (a.error->>'retryAfterMs')::float8 as "retryAfterMs", a.decision->>'reason' as "deadReason"
        from unnest($1::bigint[]) w(id)
        cross join lateral (select * from signalbox.attempts where job_id = w.id order by number limit $2) a
        order by a.job_id, a.number`,
      values: [ids, mostAttempts],
    }),
  ]);
  const byJob = Map.groupBy(
    attempts.rows as (RecordedAttemptRow & { jobId: string })[],
    ({ jobId }) => jobId,
  );
  return (jobs.rows as Omit<RecordedJobRow, "attempts">[]).map((job) => ({
    ...job,
    attempts: byJob.get(job.id) ?? [],
  }));
}
