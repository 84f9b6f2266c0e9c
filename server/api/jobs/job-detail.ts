import type { FailureReport } from "#core/failure/failure-report.ts";
import type { AttemptOutcome } from "#core/job/attempt-outcome.ts";
import type { JobEvent } from "#core/job/job-event.ts";
import { isTerminal, isWaiting, type JobState, retryableByOperator } from "#core/job/job-state.ts";
import type { WaitingReason } from "#core/job/waiting-reasons.ts";
import { redactReport } from "#core/redaction/redact-report.ts";
import type { Redaction, Redactor } from "#core/redaction/redactor.ts";
import type { JobDetail } from "#server/store/jobs/find-job.ts";
import type { AttemptRow } from "#server/store/jobs/load-job-history.ts";
import type { LogLine } from "#server/store/logs/find-log-lines.ts";
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
  /** False: error and decision were left out to be asked for. */
  whole: boolean;
}

/** JSON for a browser: text, so that its keys can be anything, with what was taken out of it. */
export interface ShownJson {
  text: string;
  redactions: Redaction[];
}

/** A line of an attempt's log, as it may be shown. */
export type ShownLogLine = LogLine;

/** How often a job went from one state to another. */
export interface Pass {
  from: JobState | null;
  to: JobState;
  count: number;
}

/** All that the page of a job shows; long histories are cut to their newest part. Nothing in it holds a secret. */
export interface JobPage extends JobSummary {
  version: number;
  payload: ShownJson | null;
  output: ShownJson | null;
  losses: number;
  discardedAtMs: number | null;
  idempotencyKey: string | null;
  correlationId: string | null;
  concurrencyKey: string | null;
  traceparent: string | null;
  submittedBy: string | null;
  reason: string | null;
  workerId: string | null;
  /** By number; the newest {@link shownAttempts}, of which the newest {@link shownReports} carry error and decision. */
  attempts: AttemptDetail[];
  attemptCount: number;
  /** Oldest first; the newest {@link shownEvents}. */
  events: JobEvent[];
  eventCount: number;
  passes: Pass[];
  waitingReasons: WaitingReason[];
  /** What an operator may do now. */
  can: JobActs;
}

export type JobActs = Record<"retry" | "cancel" | "reprioritise" | "move" | "discard" | "restore", boolean>;

const shownAttempts = 500;
/** Attempts that carry their error at once; that of an older one is asked for by itself. */
export const shownReports = 20;
export const shownEvents = 200;

/** One job for its page. */
export function toJobPage(detail: JobDetail, redactor: Redactor): JobPage {
  const { job, attempts, events } = detail;
  const { version, losses, discardedAtMs, idempotencyKey, correlationId } = job;
  const { concurrencyKey, traceparent, submittedBy, reason, workerId, definition } = job;
  const shown = attempts.slice(-shownAttempts);
  return {
    ...toJobSummary(job),
    lastError: job.lastError && {
      ...job.lastError,
      message: job.lastError.message && redactor.storedText(job.lastError.message),
    },
    payload: job.payload === null ? null : redactor.json(job.payload, definition),
    output: job.output === null ? null : redactor.json(job.output, definition),
    ...{ version, losses, discardedAtMs, idempotencyKey, correlationId },
    ...{ concurrencyKey, traceparent, submittedBy, reason, workerId },
    attempts: shown.map((row, at) => toAttempt(row, shown.length - at <= shownReports, redactor)),
    attemptCount: attempts.length,
    events: events.slice(-shownEvents),
    eventCount: events.length,
    passes: countPasses(events),
    waitingReasons: detail.waitingReasons,
    can: actsOn(job),
  };
}

/** The report of a failure as it may be shown; `text` is JSON as it was stored. */
export function shownError(text: string, redactor: Redactor): StoredError {
  const report = JSON.parse(text) as StoredError;
  return redactReport(report as FailureReport, (part) => redactor.storedText(part)) as StoredError;
}

function actsOn(job: JobDetail["job"]): JobActs {
  const { state } = job;
  const isDead = state === "dead";
  const discarded = isDead && job.discardedAtMs !== null;
  return {
    retry: retryableByOperator.includes(state),
    cancel: !isTerminal(state) && job.cancelRequestedAtMs === null,
    reprioritise: isWaiting(state),
    move: isWaiting(state) || isDead,
    discard: isDead && !discarded,
    restore: state === "cancelled" || discarded,
  };
}

function countPasses(events: readonly JobEvent[]): Pass[] {
  const passes = new Map<string, Pass>();
  for (const { from, to } of events) {
    if (from === to) continue;
    const pass = passes.get(`${from} ${to}`) ?? { from, to, count: 0 };
    pass.count++;
    passes.set(`${from} ${to}`, pass);
  }
  return [...passes.values()];
}

function toAttempt(row: AttemptRow, whole: boolean, redactor: Redactor): AttemptDetail {
  const { number, outcome, workerId, host, startedAtMs, finishedAtMs, failureClass, origin, fingerprint } =
    row;
  return {
    ...{ number, outcome, workerId, host, startedAtMs, finishedAtMs, failureClass, origin, fingerprint },
    whole,
    error: row.error === null ? null : shownError(row.error, redactor),
    rule: row.ruleId === null ? null : { id: row.ruleId, name: row.ruleName ?? row.ruleId },
    decision: whole && row.decision !== null ? JSON.parse(row.decision) : null,
  };
}
