import type { JobState } from "#core/job/job-state.ts";
import { type PriorityClass, priorityAt } from "#core/priority/priority-class.ts";
import type { JobRow } from "#server/store/jobs/job-row.ts";

/** A job as a row of a list; instants in ms. */
export interface JobSummary {
  id: string;
  definition: string;
  queue: string;
  priority: PriorityClass;
  state: JobState;
  attempt: number;
  failures: number;
  maxAttempts: number;
  runAtMs: number;
  createdAtMs: number;
  startedAtMs: number | null;
  finishedAtMs: number | null;
  cancelRequestedAtMs: number | null;
  tags: string[];
  lastError: JobRow["lastError"];
  correlationId: string | null;
  idempotencyKey: string | null;
  concurrencyKey: string | null;
  workerId: string | null;
}

/** The columns of a list. */
export function toJobSummary(row: JobRow): JobSummary {
  const { id, definition, queue, state, attempt, failures, maxAttempts, runAtMs, createdAtMs } = row;
  const { startedAtMs, finishedAtMs, cancelRequestedAtMs, tags, lastError } = row;
  const { correlationId, idempotencyKey, concurrencyKey, workerId } = row;
  return {
    ...{ id, definition, queue, priority: priorityAt(row.rank), state, attempt, failures, maxAttempts },
    ...{ runAtMs, createdAtMs, startedAtMs, finishedAtMs, cancelRequestedAtMs, tags, lastError },
    ...{ correlationId, idempotencyKey, concurrencyKey, workerId },
  };
}
