import { nextTokenAtMs, type TokenBucket } from "../flow/token-bucket.ts";
import type { PriorityClass } from "../priority/priority-class.ts";
import { sayDuration } from "../say-duration.ts";
import { isWaiting, type JobState } from "./job-state.ts";

/** Everything a job can wait for. */
export const waitingReasonKinds = [
  "due-later",
  "backoff",
  "budget-spent",
  "dependency-job",
  "ordering-key",
  "concurrency-key",
  "queue-paused",
  "definition-paused",
  "cap-reached",
  "rate-limit",
  "breaker-open",
  "pressure-deferred",
  "no-worker",
  "in-line",
] as const;
export type WaitingReasonKind = (typeof waitingReasonKinds)[number];

/** What an operator can do about a reason; null on a reason that nobody needs to lift. */
export type WaitingAction =
  | "run-now"
  | "resume-queue"
  | "raise-cap"
  | "raise-rate"
  | "start-worker"
  | "reprioritise";

/**
 * One unmet condition of the claim. Exactly one of a job's reasons is `binding`, and it comes first.
 * `untilMs` is when it ends by itself (milliseconds since 1970 UTC), null when nobody can know.
 */
export interface WaitingReason {
  kind: WaitingReasonKind;
  binding: boolean;
  text: string;
  untilMs: number | null;
  ref: { kind: "job" | "queue" | "pool" | "definition" | "dependency"; id: string } | null;
  action: WaitingAction | null;
}

/** What must be known of a job and its surroundings to say why it waits. */
export interface WaitingFacts {
  nowMs: number;
  job: {
    state: JobState;
    definition: string;
    definitionPaused: boolean;
    priority: PriorityClass;
    /** When it may start at the earliest. */
    runAtMs: number;
    failures: number;
  };
  queue: {
    name: string;
    paused: boolean;
    running: number;
    maxRunning: number | null;
    /** The token bucket of its rate limit; null without one. */
    bucket: TokenBucket | null;
  };
  /** `workers`: live ones, not draining, that serve the definition from the queue's pool. */
  pool: { name: string; workers: number };
  /** Runnable jobs that would be claimed before it; null when not counted. `exact` false: at least so many. */
  ahead: { jobs: number; exact: boolean; expectedStartMs: number | null } | null;
}

/**
 * Every reason why a job does not run yet, the binding one first; empty for a job that is not waiting.
 * Binding is the condition that decides when the job can start: a paused queue or definition (it ends only when someone acts)
 * before a due time, a due time before a missing worker, then the cap, then the rate, then the place in line.
 */
export function explainWaiting(facts: WaitingFacts): WaitingReason[] {
  if (!isWaiting(facts.job.state)) return [];
  const reasons = [paused, definitionPaused, notDue, noWorker, capReached, rateLimited]
    .map((reason) => reason(facts))
    .filter((reason) => reason !== null);
  const runnable = !facts.queue.paused && !facts.job.definitionPaused && facts.job.runAtMs <= facts.nowMs;
  if (runnable && facts.job.state !== "pending") reasons.push(inLine(facts));
  return reasons.map((reason, index) => ({ ...reason, binding: index === 0 }));
}

type Reason = Omit<WaitingReason, "binding">;

function paused({ queue }: WaitingFacts): Reason | null {
  if (!queue.paused) return null;
  return {
    kind: "queue-paused",
    text: `queue ${queue.name} is paused`,
    untilMs: null,
    ref: { kind: "queue", id: queue.name },
    action: "resume-queue",
  };
}

function definitionPaused({ job }: WaitingFacts): Reason | null {
  if (!job.definitionPaused) return null;
  return {
    kind: "definition-paused",
    text: `definition ${job.definition} is paused`,
    untilMs: null,
    ref: { kind: "definition", id: job.definition },
    action: null,
  };
}

function notDue({ job, nowMs }: WaitingFacts): Reason | null {
  if (job.runAtMs <= nowMs) return null;
  const wait = sayDuration(job.runAtMs - nowMs);
  const backoff = job.state === "retryable" || job.failures > 0;
  return {
    kind: backoff ? "backoff" : "due-later",
    text: backoff
      ? `backing off${job.failures > 0 ? ` after failure ${job.failures}` : ""}: next attempt in ${wait}`
      : `due in ${wait}, not before`,
    untilMs: job.runAtMs,
    ref: null,
    action: "run-now",
  };
}

function noWorker({ job, pool }: WaitingFacts): Reason | null {
  if (pool.workers > 0) return null;
  return {
    kind: "no-worker",
    text: `no live worker in pool ${pool.name} serves ${job.definition}`,
    untilMs: null,
    ref: { kind: "pool", id: pool.name },
    action: "start-worker",
  };
}

function capReached({ queue }: WaitingFacts): Reason | null {
  if (queue.maxRunning === null || queue.running < queue.maxRunning) return null;
  return {
    kind: "cap-reached",
    text: `queue ${queue.name} runs ${queue.running} jobs and may run ${queue.maxRunning}`,
    untilMs: null,
    ref: { kind: "queue", id: queue.name },
    action: "raise-cap",
  };
}

function rateLimited({ queue, nowMs }: WaitingFacts): Reason | null {
  if (queue.bucket === null) return null;
  const { limit } = queue.bucket;
  const atMs = nextTokenAtMs(queue.bucket, nowMs);
  if (atMs <= nowMs) return null;
  return {
    kind: "rate-limit",
    text: `queue ${queue.name} may start ${limit.count} in ${sayDuration(limit.perMs)}: the next in ${sayDuration(atMs - nowMs)}`,
    untilMs: atMs,
    ref: { kind: "queue", id: queue.name },
    action: "raise-rate",
  };
}

function inLine({ job, pool, ahead, nowMs }: WaitingFacts): Reason {
  const start = ahead?.expectedStartMs ?? null;
  return {
    kind: "in-line",
    text:
      placeText(job.priority, ahead) +
      (start === null ? "" : `, start expected in ≈ ${sayDuration(Math.max(0, start - nowMs))}`),
    untilMs: start,
    ref: { kind: "pool", id: pool.name },
    action: "reprioritise",
  };
}

function placeText(priority: PriorityClass, ahead: WaitingFacts["ahead"]): string {
  if (ahead === null) return `in line, class ${priority}`;
  if (ahead.jobs === 0 && ahead.exact) return `first in line, class ${priority}`;
  const figure = `${ahead.exact ? "" : "≥ "}${ahead.jobs}`;
  return `in line, ${figure} ${ahead.jobs === 1 ? "job" : "jobs"} ahead, class ${priority}`;
}
