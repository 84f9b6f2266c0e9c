import type { JobState } from "#core/job/job-state.ts";
import { type PriorityClass, priorityAt } from "#core/priority/priority-class.ts";
import type { JobRow } from "./job-row.ts";

/** A job as the interfaces show it; instants are ISO 8601 UTC. Fields of later work are null or empty. */
export interface JobView {
  id: string;
  definition: string;
  version: number;
  queue: string;
  priority: PriorityClass;
  state: JobState;
  payload: unknown;
  output: unknown;
  /** Number of the latest attempt, 0 before the first. */
  attempt: number;
  /** Failures counted by the policy. */
  failures: number;
  maxAttempts: number;
  runAt: string;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  cancelRequestedAt: string | null;
  idempotencyKey: string | null;
  orderingKey: string | null;
  concurrencyKey: string | null;
  dependsOn: string[];
  tags: string[];
  correlationId: string | null;
  traceparent: string | null;
  lastError: LastErrorView | null;
}

export interface LastErrorView {
  attempt: number;
  name: string | null;
  code: string | null;
  message: string | null;
  httpStatus: number | null;
  dependency: string | null;
  class: string | null;
  origin: string | null;
  fingerprint: string | null;
  at: string;
}

/** Show a row in the shape that every interface gives. */
export function toJobView(row: JobRow): JobView {
  return {
    id: row.id,
    definition: row.definition,
    version: row.version,
    queue: row.queue,
    priority: priorityAt(row.rank),
    state: row.state,
    payload: row.payload === null ? null : JSON.parse(row.payload),
    output: row.output === null ? null : JSON.parse(row.output),
    attempt: row.attempt,
    failures: row.failures,
    maxAttempts: row.maxAttempts,
    runAt: isoTime(row.runAtMs),
    createdAt: isoTime(row.createdAtMs),
    startedAt: isoTimeOrNull(row.startedAtMs),
    finishedAt: isoTimeOrNull(row.finishedAtMs),
    cancelRequestedAt: isoTimeOrNull(row.cancelRequestedAtMs),
    idempotencyKey: row.idempotencyKey,
    orderingKey: null,
    concurrencyKey: row.concurrencyKey,
    dependsOn: [],
    tags: row.tags,
    correlationId: row.correlationId,
    traceparent: row.traceparent,
    lastError: row.lastError === null ? null : lastErrorView(row.lastError),
  };
}

function lastErrorView({ atMs, ...error }: NonNullable<JobRow["lastError"]>): LastErrorView {
  return { ...error, at: isoTime(atMs) };
}

/** An instant as ISO 8601 UTC with milliseconds. */
export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** {@link isoTime}, null for null. */
export function isoTimeOrNull(atMs: number | null): string | null {
  return atMs === null ? null : isoTime(atMs);
}
