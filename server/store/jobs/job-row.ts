import type { JobState } from "#core/job/job-state.ts";

/** A job as it stands now, whatever table it is in. Instants are ms since 1970; payload and output are JSON text. */
export interface JobRow {
  id: string;
  lane: number;
  definition: string;
  definitionId: number;
  version: number;
  queue: string;
  rank: number;
  state: JobState;
  /** JSON text; null when the caller asked for brief rows. */
  payload: string | null;
  output: string | null;
  /** Number of the latest attempt, 0 before the first. */
  attempt: number;
  failures: number;
  losses: number;
  maxAttempts: number;
  runAtMs: number;
  createdAtMs: number;
  startedAtMs: number | null;
  finishedAtMs: number | null;
  cancelRequestedAtMs: number | null;
  discardedAtMs: number | null;
  idempotencyKey: string | null;
  concurrencyKey: string | null;
  correlationId: string | null;
  traceparent: string | null;
  tags: string[];
  submittedBy: string | null;
  /** Why it is held, dead or cancelled; null elsewhere. */
  reason: string | null;
  /** Worker of the running or completed attempt. */
  workerId: string | null;
  lastError: LastError | null;
}

/** The latest failure of a job, without its stack. */
export interface LastError {
  attempt: number;
  name: string | null;
  code: string | null;
  message: string | null;
  httpStatus: number | null;
  dependency: string | null;
  class: string | null;
  origin: string | null;
  fingerprint: string | null;
  atMs: number;
}
