import type { AttemptOutcome } from "#core/job/attempt-outcome.ts";
import type { JobEventKind } from "#core/job/job-event.ts";
import type { JobState } from "#core/job/job-state.ts";
import type { WaitingAction, WaitingReason, WaitingReasonKind } from "#core/job/waiting-reasons.ts";
import type { JobDetail } from "./find-job.ts";
import { isoTime, isoTimeOrNull, type JobView, toJobView } from "./job-view.ts";
import type { AttemptRow } from "./load-job-history.ts";

export interface AttemptView {
  number: number;
  outcome: AttemptOutcome;
  workerId: string;
  host: string | null;
  startedAt: string;
  finishedAt: string | null;
  durationMs: number | null;
  /** The failure report as the worker gave it, secrets cut out; null unless the attempt failed. */
  error: unknown;
  class: string | null;
  origin: string | null;
  rule: { id: string; name: string } | null;
  fingerprint: string | null;
  decision: { kind: string; delayMs: number | null; runAt: string | null; because: string[] } | null;
}

export interface JobEventView {
  at: string;
  kind: JobEventKind;
  from: JobState | null;
  to: JobState;
  actor: string;
  because: readonly string[];
  data: Readonly<Record<string, unknown>>;
}

export interface WaitingReasonView {
  kind: WaitingReasonKind;
  binding: boolean;
  text: string;
  until: string | null;
  ref: WaitingReason["ref"];
  action: WaitingAction | null;
}

/** The answer of GET /jobs/{id}: a job and its story. */
export interface JobDetailView extends JobView {
  attempts: AttemptView[];
  events: JobEventView[];
  waitingReasons: WaitingReasonView[];
}

/** Show one job with everything there is to know of it. */
export function toJobDetailView(detail: JobDetail): JobDetailView {
  return {
    ...toJobView(detail.job),
    attempts: detail.attempts.map(attemptView),
    events: detail.events.map(({ atMs, ...event }) => ({ at: isoTime(atMs), ...event })),
    waitingReasons: detail.waitingReasons.map(({ untilMs, ...reason }) => ({
      kind: reason.kind,
      binding: reason.binding,
      text: reason.text,
      until: isoTimeOrNull(untilMs),
      ref: reason.ref,
      action: reason.action,
    })),
  };
}

function attemptView(row: AttemptRow): AttemptView {
  const decision = row.decision === null ? null : JSON.parse(row.decision);
  return {
    number: row.number,
    outcome: row.outcome,
    workerId: row.workerId,
    host: row.host,
    startedAt: isoTime(row.startedAtMs),
    finishedAt: isoTimeOrNull(row.finishedAtMs),
    durationMs: row.finishedAtMs === null ? null : Math.max(0, row.finishedAtMs - row.startedAtMs),
    error: row.error === null ? null : JSON.parse(row.error),
    class: row.failureClass,
    origin: row.origin,
    rule: row.ruleId === null ? null : { id: row.ruleId, name: row.ruleName ?? row.ruleId },
    fingerprint: row.fingerprint,
    decision:
      decision === null
        ? null
        : {
            kind: decision.kind,
            delayMs: decision.delayMs,
            runAt: decision.runAt,
            because: decision.because,
          },
  };
}
