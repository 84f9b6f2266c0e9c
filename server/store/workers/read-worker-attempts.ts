import type { AttemptOutcome } from "#core/job/attempt-outcome.ts";
import type { Queryable } from "#db/client.ts";

/** An attempt that a worker ended. */
export interface WorkerAttempt {
  jobId: string;
  attempt: number;
  lane: number;
  outcome: AttemptOutcome;
  failureClass: string | null;
  startedAtMs: number;
  finishedAtMs: number;
}

const largestId = "9223372036854775807";

/** Rows of either history looked at for one page: there is no index by worker, which every completion would pay for. */
export const lookedAt = 10_000;

/**
 * Attempts that a worker ended, newest job first, after `before` in that order: among the newest {@link lookedAt} completed
 * and as many otherwise ended ones. Fewer than `limit` means that there are no more among these.
 */
export async function readWorkerAttempts(
  db: Queryable,
  options: { workerId: string; before: { jobId: string; attempt: number } | null; limit: number },
): Promise<WorkerAttempt[]> {
  const { rows } = await db.query({
    name: "read-worker-attempts",
    text: `with done as materialized (
        select id, attempt, started_at_ms, finished_at_ms from (
          select id, worker_id, attempt, started_at_ms, finished_at_ms from signalbox.completed
          where id <= $2 order by id desc limit ${lookedAt}) c
        where worker_id = $1 and (id, attempt) < ($2, $3) order by id desc limit $4),
      ended as materialized (
        select job_id as id, number as attempt, lane, outcome, failure_class, started_at_ms, finished_at_ms from (
          select job_id, number, lane, outcome, failure_class, worker_id, started_at_ms, finished_at_ms from signalbox.attempts
          where job_id <= $2 order by job_id desc, number desc limit ${lookedAt}) a
        where worker_id = $1 and (job_id, number) < ($2, $3) order by job_id desc, number desc limit $4)
      select id::text as "jobId", attempt, lane, outcome, failure_class as "failureClass",
        started_at_ms::float8 as "startedAtMs", finished_at_ms::float8 as "finishedAtMs"
      from (
        select d.id, d.attempt, j.lane, 'completed' as outcome, null as failure_class, d.started_at_ms, d.finished_at_ms
        from done d cross join lateral (select lane from signalbox.jobs where id = d.id limit 1) j
        union all select * from ended) u
      order by id desc, attempt desc limit $4`,
    values: [
      options.workerId,
      options.before?.jobId ?? largestId,
      options.before?.attempt ?? 0,
      options.limit,
    ],
  });
  return rows as WorkerAttempt[];
}
