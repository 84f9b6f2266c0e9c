import type { JobEvent, JobEventKind } from "./job-event.ts";
import {
  canTransition,
  isTerminal,
  type JobState,
  type TransitionKind,
  transitionKinds,
} from "./job-state.ts";

/** What the history of a job says about it now. Instants are milliseconds since 1970 UTC. */
export interface RebuiltJob {
  state: JobState;
  /** Number of the latest attempt, 0 before the first; only ever grows. */
  attempt: number;
  /** Failures counted since the submit or the last retry by an operator. */
  failures: number;
  /** Lost workers, counted like failures but apart. */
  losses: number;
  submittedAtMs: number;
  /** Start of the latest attempt; null before the first. */
  startedAtMs: number | null;
  /** When it reached an end; null while it has not, and again after a retry. */
  finishedAtMs: number | null;
  cancelRequestedAtMs: number | null;
  discardedAtMs: number | null;
}

/**
 * Folds a job's events, oldest first, into its present. Never mutates the events.
 * Throws RangeError naming the event's place when the history cannot have happened: it does not begin with
 * `submitted`, a `from` differs from the state before, a change is not in the table of legal transitions,
 * a remark changes the state, an attempt number does not grow, or a job is discarded that is not dead.
 */
export function rebuildJob(events: readonly JobEvent[]): RebuiltJob {
  const [first, ...rest] = events;
  if (first === undefined) throw new RangeError("a job without events cannot be rebuilt");
  if (first.kind !== "submitted") throw broken(first, 0, "a history begins with submitted");
  checkTransition(first, 0, null);
  let job: RebuiltJob = {
    state: first.to,
    attempt: 0,
    failures: 0,
    losses: 0,
    submittedAtMs: first.atMs,
    startedAtMs: null,
    finishedAtMs: null,
    cancelRequestedAtMs: null,
    discardedAtMs: null,
  };
  rest.forEach((event, index) => {
    job = apply(job, event, index + 1);
  });
  return job;
}

function apply(job: RebuiltJob, event: JobEvent, index: number): RebuiltJob {
  if (!isTransition(event.kind)) return remark(job, event, index);
  checkTransition(event, index, job.state);
  const next: RebuiltJob = {
    ...job,
    state: event.to,
    finishedAtMs: isTerminal(event.to) ? event.atMs : null,
  };
  switch (event.kind) {
    case "claimed":
      return { ...next, attempt: nextAttempt(job, event, index), startedAtMs: event.atMs };
    case "failed":
    case "timed-out": {
      const counted = event.data.counted !== false && event.to !== "cancelled";
      return { ...next, failures: job.failures + (counted ? 1 : 0) };
    }
    case "lost":
      return { ...next, losses: job.losses + 1 };
    case "retried":
      return { ...next, failures: 0, losses: 0, cancelRequestedAtMs: null, discardedAtMs: null };
    case "restored":
      // A discarded job never left its end; a cancelled one is as it was before.
      return {
        ...next,
        finishedAtMs: event.to === "dead" ? job.finishedAtMs : null,
        cancelRequestedAtMs: null,
        discardedAtMs: null,
      };
    default:
      return next;
  }
}

function remark(job: RebuiltJob, event: JobEvent, index: number): RebuiltJob {
  if (event.from !== job.state || event.to !== job.state) {
    throw broken(event, index, `it leaves the state alone, and the state was ${job.state}`);
  }
  if (event.kind === "cancel-requested") return { ...job, cancelRequestedAtMs: event.atMs };
  if (event.kind === "discarded") {
    if (job.state !== "dead")
      throw broken(event, index, `only a dead job can be discarded, not a ${job.state} one`);
    return { ...job, discardedAtMs: event.atMs };
  }
  return job;
}

function nextAttempt(job: RebuiltJob, event: JobEvent, index: number): number {
  const stated = event.data.attempt;
  if (stated === undefined) return job.attempt + 1;
  if (typeof stated !== "number" || !(stated > job.attempt)) {
    throw broken(event, index, `attempt ${String(stated)} does not follow attempt ${job.attempt}`);
  }
  return stated;
}

function checkTransition(event: JobEvent, index: number, before: JobState | null): void {
  if (event.from !== before) throw broken(event, index, `the state was ${before ?? "none"}`);
  if (!canTransition(event.from, event.to, event.kind as TransitionKind)) {
    throw broken(event, index, "the change is not legal");
  }
}

function isTransition(kind: JobEventKind): kind is TransitionKind {
  return (transitionKinds as readonly JobEventKind[]).includes(kind);
}

function broken(event: JobEvent, index: number, why: string): RangeError {
  return new RangeError(
    `event ${index + 1} (${event.kind}, ${event.from ?? "none"} → ${event.to}, at ${event.atMs} ms): ${why}`,
  );
}
