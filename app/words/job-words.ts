import { formatAge, formatDuration } from "#components/domain/format-duration.ts";
import type { AttemptOutcome } from "#core/job/attempt-outcome.ts";
import type { JobState } from "#core/job/job-state.ts";
import { sayJobs } from "./say-jobs.ts";

const outcomes: Record<AttemptOutcome, string> = {
  running: "is running",
  completed: "completed",
  failed: "failed",
  "timed-out": "timed out",
  lost: "was lost with its worker",
  cancelled: "was cancelled",
  released: "was handed back",
  preempted: "was preempted",
};

const decisions: Record<string, string> = {
  retry: "retried",
  hold: "held",
  dead: "dead",
  escalate: "escalated",
};

/** The texts of the jobs list and the page of a job. */
export const jobWords = {
  title: "Jobs",
  list: "Jobs, newest first",
  states: "States",
  clear: "Clear filters",
  partly: "Nothing in the part that was looked through",
  partlyTeach: "A look is bounded so that it never holds up the database. What you seek may be further back.",
  noneYet: "No job yet",
  noneYetTeach: "Jobs appear here as soon as a producer submits them. To watch real ones:",
  noneMatch: "No job matches",
  noneMatchTeach: "No job that is kept matches all of these filters.",
  selected: (count: number) => `${sayJobs(count)} selected`,
  clearSelection: "Clear",
  select: (id: string) => `Select job ${id}`,
  attemptOf: (attempt: number, most: number) => `${attempt}/${most}`,
  when: {
    due: (text: string) => `due ${text}`,
    since: (ms: number) => `for ${formatAge(ms)}`,
    took: (ms: number) => `took ${formatDuration(ms)}`,
    ended: (text: string) => `ended ${text}`,
    waits: (ms: number) => `waits ${formatAge(ms)}`,
  },
  cancelAsked: "cancel asked",

  retry: "Retry",
  cancel: "Cancel",
  retryJobs: (count: number) => `Retry ${sayJobs(count)}`,
  cancelJobs: (count: number) => `Cancel ${sayJobs(count)}`,
  retryTitle: (ids: readonly string[]) =>
    ids.length === 1 ? `Retry job ${ids[0]}` : `Retry ${sayJobs(ids.length)}`,
  cancelTitle: (ids: readonly string[]) =>
    ids.length === 1 ? `Cancel job ${ids[0]}` : `Cancel ${sayJobs(ids.length)}`,
  retryWhat: (count: number) =>
    count === 1
      ? "It goes in line now. Its attempts go on being numbered; its failures count from nothing."
      : "They go in line now. Attempts go on being numbered; failures count from nothing. Jobs that are not dead, cancelled, retryable or scheduled are left alone.",
  cancelWhat: (state: JobState | null) =>
    state === "running"
      ? "Its worker is told to stop. If the job completes before it hears, the completion stands."
      : state === null
        ? "Waiting jobs end at once; the workers of running ones are told to stop, and a completion that comes first stands. Jobs that have ended are left alone."
        : "It ends at once and is not run. It can be retried later.",
  retried: (count: number) =>
    count === 1 ? "The job is in line again" : `${sayJobs(count)} are in line again`,
  cancelled: (count: number) => (count === 1 ? "The job is cancelled" : `${sayJobs(count)} are cancelled`),
  cancelAskedOf: "The worker is told to stop",
  refused: (count: number) => (count === 1 ? "1 job was left alone" : `${sayJobs(count)} were left alone`),
  putBack: "Put back in line",
  putBackReason: "cancel taken back",

  page: (id: string) => `Job ${id}`,
  back: "Jobs",
  copyId: "Copy the job id",
  version: (version: number) => `v${version}`,
  courseWait: (ms: number) => `waited ${formatDuration(ms)}`,
  courseRun: (attempt: number, ms: number, outcome: AttemptOutcome) =>
    `attempt ${attempt}: ${formatDuration(ms)}, ${outcomes[outcome]}`,
  waitingBecause: "Waiting because",
  binding: "binding",
  until: "ends",
  runNow: "Run now",
  goQueue: "Open the queue",
  goDefinition: "Open the definition",
  goDependency: (name: string) => `Open ${name}`,
  forceClosed: (name: string) => `Force ${name} closed`,
  letPolicy: "Let the policy decide",
  changeClass: "Change class",
  goWorkers: "See the workers",
  attempts: "Attempts",
  noAttempts: "No attempt yet.",
  attempt: (number: number, outcome: AttemptOutcome) => `Attempt ${number} ${outcomes[outcome]}`,
  after: (ms: number) => `after ${formatDuration(ms)}`,
  on: (host: string | null, worker: string) => (host ? `on ${host}, worker ${worker}` : `worker ${worker}`),
  matched: "matched rule",
  noRule: "no rule matched",
  origin: "origin",
  decision: (kind: string, delayMs: number | null) =>
    kind === "retry" && delayMs !== null
      ? `Decision: retry after ${formatDuration(delayMs)}`
      : `Decision: ${decisions[kind] ?? kind}`,
  timeline: "Timeline",
  by: (actor: string) => `by ${actor}`,
  facts: "Facts",
  fact: {
    queue: "queue",
    definition: "definition",
    priority: "class",
    attempts: "attempts",
    failures: "failures",
    losses: "lost workers",
    submitted: "submitted",
    submittedBy: "submitted by",
    due: "due",
    started: "started",
    finished: "finished",
    took: "run time",
    waited: "wait",
    worker: "worker",
    idempotencyKey: "idempotency key",
    concurrencyKey: "concurrency key",
    correlationId: "correlation",
    traceparent: "trace",
    tags: "tags",
    reason: "reason",
    discarded: "discarded",
  },
  ofMost: (count: number, most: number) => `${count} of ${most}`,
  payload: "Payload",
  output: "Output",
  noOutput: "No output was given.",
  noOutputYet: "Comes with the completion.",
  notFound: "There is no such job",
} as const;
