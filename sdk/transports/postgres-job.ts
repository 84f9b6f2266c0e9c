import type { ClaimedAttempt } from "#server/operations/attempts/claim-attempts.ts";
import type { EndedAttempt } from "#server/operations/attempts/decide-settlement.ts";
import type { FinishedRun, TransportJob } from "./transport.ts";

/** A job with the row it was claimed as. */
export interface PostgresJob extends TransportJob {
  claimed: ClaimedAttempt;
}

const noDependencies: readonly string[] = [];

/** A claimed row as a worker gets it. */
export function asJob(row: ClaimedAttempt): PostgresJob {
  const { timeouts, target, dependencies } = row.spec;
  return {
    id: row.id,
    leaseId: row.leaseId,
    token: null,
    attempt: row.attempt,
    definition: row.definition.name,
    version: row.definitionVersion,
    rank: row.rank,
    lane: row.lane,
    payload: row.payload,
    runAtMs: row.runAtMs,
    traceparent: row.traceparent,
    checkpoint: row.checkpoint,
    attemptMs: timeouts.attemptMs,
    heartbeatMs: timeouts.heartbeatMs ?? null,
    target: target.kind === "http" ? target.url : null,
    dependencies: dependencies ?? noDependencies,
    claimed: row,
  };
}

/** A run that did not complete, as it is settled. */
export function asEndedAttempt(
  { job, startedAtMs, finishedAtMs, result }: FinishedRun,
  workerId: string,
): EndedAttempt {
  const { leaseId, id: jobId, attempt, runAtMs } = job;
  const common = { leaseId, jobId, attempt, workerId, startedAtMs, finishedAtMs };
  if (result.kind === "released" || result.kind === "completed")
    return { ...common, outcome: "released", failure: null, runAtMs };
  // It goes on where it stood in line: its due time is kept.
  if (result.kind === "preempted") return { ...common, outcome: "preempted", failure: null, runAtMs };
  return { ...common, outcome: result.kind, failure: result.failure };
}
