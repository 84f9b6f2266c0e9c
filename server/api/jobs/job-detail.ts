import type { AttemptOutcome } from "#core/job/attempt-outcome.ts";
import type { JobEvent } from "#core/job/job-event.ts";
import { isTerminal, retryableByOperator } from "#core/job/job-state.ts";
import type { WaitingReason } from "#core/job/waiting-reasons.ts";
import type { JobDetail } from "#server/store/jobs/find-job.ts";
import type { AttemptRow } from "#server/store/jobs/load-job-history.ts";
import { type JobSummary, toJobSummary } from "./job-summary.ts";

/** A failure report as stored: foreign, so nothing in it is taken for granted. */
export interface StoredError {
  name?: string | null;
  message?: string | null;
  code?: string | null;
  stack?: string | null;
  httpStatus?: number | null;
  dependency?: string | null;
  retryAfterMs?: number | null;
  causes?: StoredError[];
}

export interface AttemptDetail {
  number: number;
  outcome: AttemptOutcome;
  workerId: string;
  host: string | null;
  startedAtMs: number;
  finishedAtMs: number | null;
  error: StoredError | null;
  failureClass: string | null;
  origin: string | null;
  rule: { id: string; name: string } | null;
  fingerprint: string | null;
  decision: { kind: string; delayMs: number | null; runAt: string | null; because: string[] } | null;
}

/** All that the page of a job shows. Payload and output stay JSON text: the browser parses them, whatever their keys. */
export interface JobPage extends JobSummary {
  version: number;
  payload: string | null;
  output: string | null;
  losses: number;
  discardedAtMs: number | null;
  idempotencyKey: string | null;
  correlationId: string | null;
  traceparent: string | null;
  submittedBy: string | null;
  reason: string | null;
  workerId: string | null;
  attempts: AttemptDetail[];
  events: JobEvent[];
  waitingReasons: WaitingReason[];
  /** What an operator may do now. */
  can: { retry: boolean; cancel: boolean };
}

/** One job for its page. */
export function toJobPage(detail: JobDetail): JobPage {
  const { job } = detail;
  const { version, payload, output, losses, discardedAtMs, idempotencyKey, correlationId } = job;
  const { traceparent, submittedBy, reason, workerId } = job;
  return {
    ...toJobSummary(job),
    ...{ version, payload, output, losses, discardedAtMs, idempotencyKey, correlationId },
    ...{ traceparent, submittedBy, reason, workerId },
    attempts: detail.attempts.map(toAttempt),
    events: detail.events,
    waitingReasons: detail.waitingReasons,
    can: {
      retry: retryableByOperator.includes(job.state),
      cancel: !isTerminal(job.state) && job.cancelRequestedAtMs === null,
    },
  };
}

function toAttempt(row: AttemptRow): AttemptDetail {
  const { number, outcome, workerId, host, startedAtMs, finishedAtMs, failureClass, origin, fingerprint } =
    row;
  return {
    ...{ number, outcome, workerId, host, startedAtMs, finishedAtMs, failureClass, origin, fingerprint },
    error: row.error === null ? null : (JSON.parse(row.error) as StoredError),
    rule: row.ruleId === null ? null : { id: row.ruleId, name: row.ruleName ?? row.ruleId },
    decision: row.decision === null ? null : JSON.parse(row.decision),
  };
}
