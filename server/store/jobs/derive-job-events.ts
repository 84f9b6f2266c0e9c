import type { JobEvent, JobEventKind } from "#core/job/job-event.ts";
import type { JobState } from "#core/job/job-state.ts";
import type { JobRow } from "./job-row.ts";
import type { AttemptRow, JobHistory } from "./load-job-history.ts";

/**
 * The whole history of a job, oldest first, from what is stored: submit and attempts from their own rows, acts of
 * people and of the system from the recorded events, promotions in between because nothing else can have happened.
 * `rebuildJob` of core/job folds it into the state the row shows. Instants never go back: the clocks of workers and
 * of the database may differ by a little, so where two stories meet, what was legal goes before what was timed.
 */
export function deriveJobEvents(job: JobRow, history: JobHistory): JobEvent[] {
  const timeline = new Timeline(job, history);
  const attempts = history.attempts.flatMap((attempt) => attemptEvents(attempt));
  const recorded = history.recorded.map(
    (event) => ({ ...event, data: event.data === null ? {} : JSON.parse(event.data) }) as JobEvent,
  );
  while (attempts.length > 0 || recorded.length > 0) {
    const event = timeline.next(attempts, recorded);
    timeline.apply(event);
  }
  timeline.finish();
  return timeline.events;
}

class Timeline {
  readonly events: JobEvent[];
  readonly #job: JobRow;
  readonly #history: JobHistory;
  #state: JobState;
  #atMs: number;
  /** When the job may leave the state it waits in. */
  #dueMs: number;

  constructor(job: JobRow, history: JobHistory) {
    const { submittedRunAtMs } = history;
    this.#job = job;
    this.#history = history;
    this.#atMs = job.createdAtMs;
    this.#state = submittedRunAtMs !== null && submittedRunAtMs > job.createdAtMs ? "scheduled" : "available";
    this.#dueMs = submittedRunAtMs ?? job.createdAtMs;
    const actor = job.submittedBy ?? "unknown";
    const data = this.#state === "scheduled" ? { runAtMs: this.#dueMs } : {};
    this.events = [
      { atMs: job.createdAtMs, kind: "submitted", from: null, to: this.#state, actor, because: [], data },
    ];
  }

  /** Take the event that comes next off one of the two lists. */
  next(attempts: JobEvent[], recorded: JobEvent[]): JobEvent {
    const [attempt, act] = [attempts[0], recorded[0]];
    if (act === undefined) return attempts.shift() as JobEvent;
    if (attempt === undefined) return recorded.shift() as JobEvent;
    const [first, other] = act.atMs <= attempt.atMs ? [recorded, attempts] : [attempts, recorded];
    const fits = ([head]: JobEvent[]) => head?.kind === "noted" || this.#reaches(head?.from ?? null);
    return (!fits(first) && fits(other) ? other : first).shift() as JobEvent;
  }

  apply(event: JobEvent): void {
    if (event.kind === "noted") {
      // A note is about the job, not its state: it stands wherever the story has come to.
      const state = this.#state;
      this.#append({ ...event, from: state, to: state, atMs: Math.max(event.atMs, this.#atMs) });
      return;
    }
    if (event.from === "available") this.#leaveWaiting(event.atMs);
    // Nobody writes down that a job was parked behind others of its key: thousands may be, all at once.
    if (event.from === "held" && this.#state === "available")
      this.#push("held", "held", this.#atMs, "dispatcher", [], {});
    if (event.from === "running" && this.#state !== "running" && event.kind === "cancel-requested") {
      this.#leaveWaiting(event.atMs);
      if (this.#state === "available") this.#push("claimed", "running", event.atMs, "dispatcher", [], {});
    }
    if (event.from !== this.#state) return;
    this.#append({ ...event, atMs: Math.max(event.atMs, this.#atMs) });
    if (typeof event.data.runAtMs === "number") this.#dueMs = event.data.runAtMs;
  }

  /** Bring the history to where the row says the job is. */
  finish(): void {
    const { state, finishedAtMs, reason } = this.#job;
    if (this.#state === state) return;
    const endMs = finishedAtMs ?? this.#atMs;
    const because = reason === null ? [] : [reason];
    if (state === "cancelled") {
      this.#push("cancelled", "cancelled", endMs, this.#history.cancelledBy ?? "dispatcher", because, {});
    } else if (state === "dead") {
      this.#push("dead", "dead", endMs, "dispatcher", because, {});
    } else if (state === "available") {
      this.#leaveWaiting(this.#history.nowMs);
    } else if (state === "held") {
      this.#leaveWaiting(this.#history.nowMs);
      const sinceMs = Math.min(this.#history.queueUpdatedAtMs, this.#history.nowMs);
      const why = reason === null ? [`queue ${this.#job.queue} is paused`] : because;
      this.#push("held", "held", sinceMs, "dispatcher", why, {});
    }
  }

  #reaches(from: JobState | null): boolean {
    if (from === this.#state || (from === "held" && this.#state === "available")) return true;
    return from === "available" && ["scheduled", "retryable", "held", "pending"].includes(this.#state);
  }

  #leaveWaiting(untilMs: number): void {
    const kind = this.#state === "held" ? "released-from-hold" : "promoted";
    if (!["scheduled", "retryable", "held", "pending"].includes(this.#state)) return;
    this.#push(kind, "available", Math.min(this.#dueMs, untilMs), "dispatcher", [], {});
  }

  #push(
    kind: JobEventKind,
    to: JobState,
    atMs: number,
    actor: string,
    because: string[],
    data: Record<string, unknown>,
  ): void {
    this.#append({ atMs: Math.max(atMs, this.#atMs), kind, from: this.#state, to, actor, because, data });
  }

  #append(event: JobEvent): void {
    this.events.push(event);
    this.#state = event.to;
    this.#atMs = event.atMs;
  }
}

interface Decision {
  kind: string;
  delayMs: number | null;
  runAt: string | null;
  because: string[];
}

function attemptEvents(attempt: AttemptRow): JobEvent[] {
  const { number, outcome, workerId, startedAtMs, finishedAtMs } = attempt;
  const worker = `worker:${workerId}`;
  const data = { attempt: number };
  const claimed: JobEvent = {
    atMs: startedAtMs,
    kind: "claimed",
    from: "available",
    to: "running",
    actor: worker,
    because: [],
    data,
  };
  if (outcome === "running" || finishedAtMs === null) return [claimed];
  const decision: Decision | null = attempt.decision === null ? null : JSON.parse(attempt.decision);
  const runAtMs = decision?.runAt ? { runAtMs: Date.parse(decision.runAt) } : {};
  const details = { ...data, ...(attempt.failureClass ? { class: attempt.failureClass } : {}), ...runAtMs };
  const ended: JobEvent = {
    atMs: finishedAtMs,
    kind: outcome,
    from: "running",
    to: stateAfter(outcome, decision),
    actor: outcome === "lost" ? "dispatcher" : worker,
    because: decision?.because ?? [],
    data: details,
  };
  return [claimed, ended];
}

function stateAfter(outcome: AttemptRow["outcome"], decision: Decision | null): JobState {
  if (outcome === "completed" || outcome === "cancelled") return outcome;
  if (outcome === "released" || outcome === "preempted") return "available";
  if (decision?.kind === "retry") return (decision.delayMs ?? 0) > 0 ? "retryable" : "available";
  return decision?.kind === "hold" ? "held" : "dead";
}
