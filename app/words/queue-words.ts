import { formatCount } from "#components/domain/format-count.ts";
import { formatDuration } from "#components/domain/format-duration.ts";
import { formatRate } from "#components/domain/format-rate.ts";
import type { DrainForecast } from "#core/flow/forecast-drain.ts";
import type { WaitingReasonKind } from "#core/job/waiting-reasons.ts";
import type { QueueBound } from "../(console)/queues/_list/find-bound.ts";
import type { LimitEffect } from "../(console)/queues/[name]/_page/limit-effects.ts";
import { sayJobs } from "./say-jobs.ts";

const rate = (count: number, perMs: number) => `${formatCount(count)} in ${formatDuration(perMs)}`;

function limitedBy(limit: QueueBound): string {
  switch (limit.kind) {
    case "paused":
      return "the pause";
    case "no-workers":
      return "no workers";
    case "breaker":
      return `the breaker of ${limit.dependency}`;
    case "cap":
      return `cap ${formatCount(limit.running)} of ${formatCount(limit.maxRunning)}`;
    case "rate":
      return `rate ${rate(limit.count, limit.perMs)}`;
    case "workers":
      return `workers ${formatCount(limit.busy)} of ${formatCount(limit.slots)} slots`;
    case "nothing":
      return "nothing";
  }
}

function sayForecast(drain: DrainForecast): string {
  switch (drain.kind) {
    case "none":
      return "nothing waits";
    case "flowing":
      return "no backlog";
    case "clears":
      return `clears in ≈ ${formatDuration(drain.inMs)} (${formatDuration(drain.fromMs)} to ${formatDuration(drain.toMs)})`;
    case "level":
      return "keeps level: as many come as start";
    case "grows":
      return `grows by ${formatRate(drain.perSecond)} a second`;
    case "still":
      return "stands still: nothing started in the last minute";
  }
}

function effect(told: LimitEffect): string {
  switch (told.kind) {
    case "none":
      return "Nothing changes.";
    case "cap-waits":
      return `At present ${formatCount(told.running)} run: a cap of ${formatCount(told.cap)} lets no new one start until ${formatCount(told.mustEnd)} end.`;
    case "cap-none":
      return `Nothing more starts; the ${formatCount(told.running)} running go on to their end.`;
    case "cap-room":
      return `At present ${formatCount(told.running)} run: up to ${formatCount(told.more)} more may start at once.`;
    case "cap-off":
      return "As many may run as workers have slots.";
    case "key-cap":
      return `Of one concurrency key ${formatCount(told.perKey)} run at once; its other jobs are held until one of them ends. Jobs without a key are not concerned.`;
    case "key-cap-off":
      return "As many jobs of one key may run as of all: those that are held for it go in line.";
    case "fair-on":
      return "Jobs with a concurrency key are taken in turn from each key, a few at a time; the others of each are held until then.";
    case "fair-off":
      return "Keys are not taken by turns: what is held for that goes in line.";
    case "rate-slows":
      return `At present ${formatRate(told.startsPerSecond)} start a second: the limit allows ${formatRate(told.allowedPerSecond)}.`;
    case "rate-holds":
      return `It allows ${formatRate(told.allowedPerSecond)} a second; at present ${formatRate(told.startsPerSecond)} start, so it holds nothing back.`;
    case "rate-takes":
      return `At that rate the ${sayJobs(told.waiting)} in line take at least ${formatDuration(told.ms)}.`;
    case "rate-off":
      return "Starts are no longer held to a rate.";
    case "pool":
      return `Workers of pool ${told.from} take no more of its jobs; those of ${told.to} do.`;
    case "pool-empty":
      return `No live worker is in pool ${told.to}: nothing starts until one is.`;
  }
}

function heldWork(ms: number | null): string {
  return ms === null
    ? "held until somebody resumes it"
    : `held: ≈ ${formatDuration(ms)} of work once it goes on`;
}

const waited: Record<WaitingReasonKind, string> = {
  "due-later": "their time",
  backoff: "their retry",
  "budget-spent": "the retry budget",
  "dependency-job": "other jobs",
  "ordering-key": "their ordering key",
  "concurrency-key": "their concurrency key",
  "queue-paused": "the pause to end",
  "definition-paused": "their definition's pause to end",
  "cap-reached": "a place under the cap",
  "rate-limit": "the rate limit",
  "breaker-open": "a breaker to close",
  "pressure-deferred": "the pressure to fall",
  "no-worker": "a worker that serves them",
  "in-line": "their turn",
};

/** What jobs wait for; `of` names the definition or the dependency it is about. */
function waitedFor(kind: WaitingReasonKind, of: string | null): string {
  if (of === null) return waited[kind];
  if (kind === "breaker-open") return `the breaker of ${of}`;
  if (kind === "rate-limit") return `the rate of ${of}`;
  if (kind === "cap-reached") return `a place under the cap of ${of}`;
  if (kind === "definition-paused") return `the pause of ${of} to end`;
  return waited[kind];
}

/** The texts of the queues pages. */
export const queueWords = {
  title: "Queues",
  list: "Queues by name",
  search: "Search queues",
  searchHint: "Name",
  none: "No queue yet",
  noneTeach: "A queue comes to be with the first job definition that names it. To see some with real jobs:",
  noneMatch: "No queue has that in its name",
  head: {
    queue: "queue",
    signal: "signal",
    waiting: "waiting",
    held: "held",
    waitsFor: "waits for",
    scheduled: "scheduled",
    retryable: "retryable",
    running: "running",
    arrivals: "in /s",
    finishes: "done /s",
    failing: "failing",
    oldest: "oldest",
    workers: "workers",
    definition: "definition",
    priority: "class",
    version: "version",
    pool: "pool",
  },
  notFound: "There is no such queue",
  back: "Queues",
  clear: "clear",
  waits: "Wait, from due to start",
  waitsNote: "a job's backoff is not counted; log scale; percentiles within a factor of two",
  runs: "Run",
  runsNote: "how long handlers ran; log scale; within a factor of two",
  oldestSeries: "oldest still waiting",
  p50: "p50",
  p95: "p95",
  p99: "p99",
  definitions: "Definitions",
  noDefinitions: "No definition stands in this queue.",
  limits: "Limits",
  noLimit: "none",
  limit: {
    pool: "pool",
    maxRunning: "running at most",
    maxRunningPerKey: "of one key at most",
    fair: "keys",
    rate: "started at most",
    edited: "last edited",
  },
  fair: "by turns",
  editLimits: "Edit limits",
  editTitle: (name: string) => `Limits of ${name}`,
  editWhat: "They act on the next claim; what runs already goes on.",
  saveLimits: "Save limits",
  saved: (name: string) => `The limits of ${name} are changed`,
  undo: "Take back",
  takenBack: "taken back",
  undone: (name: string) => `${name} is as it was`,
  field: {
    cap: "Running at most",
    capHint: "Jobs at once, over all workers. Empty: no cap. 0 starts none.",
    capPerKey: "Of one concurrency key at most",
    capPerKeyHint:
      "Jobs at once that were submitted with the same concurrencyKey, such as a tenant. Empty: no cap. Jobs without a key are not concerned.",
    fair: "Take keys by turns",
    fairHint:
      "Within a class each key gets its turn, so that one tenant's flood does not hold the others up. Jobs without a key are not concerned.",
    count: "Started at most",
    countHint: "Empty: no rate limit. As many may start at once.",
    per: "In",
    pool: "Pool",
    poolHint: "Only workers of this pool take its jobs.",
  },
  wrong: {
    cap: "A whole number from 0 to 1,000,000, or nothing.",
    capPerKey: "A whole number from 1 to 1,000,000, or nothing.",
    capPerKeyMore: "No more than may run of the whole queue.",
    count: "A whole number from 1 to 1,000,000, or nothing.",
    per: "A time from 1 ms to 24 h, as in '1 s' or '10 min'.",
    pool: "1 to 100 of a–z, 0–9, '.', '_' and '-'.",
  },
  effects: "What this will do",
  effect,
  limited: "Limited by",
  limitedBy,
  boundsForecast: "Forecast",
  forecast: sayForecast,
  heldWork,
  reasons: "Waiting for",
  reasonsNone: "Nothing waits.",
  reason: waitedFor,
  waitFor: (jobs: number, kind: WaitingReasonKind, of: string | null) =>
    `${formatCount(jobs)} for ${waitedFor(kind, of)}`,
  failures: "Failed in the last hour",
  failuresNone: "No attempt failed in the last hour.",
  rate,
  jobsIn: "Jobs",
  pause: "Pause",
  resume: "Resume",
  pauseTitle: (name: string) => `Pause ${name}`,
  resumeTitle: (name: string) => `Resume ${name}`,
  pauseWhat: (waiting: number) =>
    `Nothing more starts. The ${sayJobs(waiting)} in line are held and new ones join them; nothing is lost.`,
  pauseScheduled: (count: number) =>
    count === 0
      ? "Jobs that are submitted for later become due all the same, and wait."
      : `${sayJobs(count)} due later or waiting for a retry become due at their time, and wait then.`,
  pauseRunning: (count: number) =>
    count === 0 ? "Nothing is running." : `${sayJobs(count)} running now go on to their end.`,
  cancelRunning: (count: number) => `Also cancel the ${sayJobs(count)} running`,
  cancelRunningWhy: "Their handlers are told to stop; this cannot be taken back. Up to 500 are cancelled.",
  resumeAfter: "Resume by itself after",
  resumeAfterHint: "As in '30 min'. Empty: when somebody resumes it.",
  resumeAfterWrong: "A time such as '30 min' or '2 h', at most 30 d.",
  resumeWhat: (held: number) => `${formatCount(held)} held jobs may start again, in their order.`,
  pauseDo: "Pause queue",
  resumeDo: "Resume queue",
  paused: (name: string) => `${name} is paused`,
  resumed: (name: string) => `${name} goes on`,
  cancelled: (done: number, refused: number) =>
    refused === 0
      ? `${sayJobs(done)} told to stop`
      : `${sayJobs(done)} told to stop, ${formatCount(refused)} had ended already`,
  pausedUntil: "resumes by itself",
  drain: "Drain",
  drainTitle: (name: string) => `Drain ${name}`,
  drainWhat: (left: number, scheduled: number) =>
    `New submits to this queue are refused from now on. The ${sayJobs(left)} in line, running or waiting for a retry are worked off; then the queue pauses itself.${
      scheduled > 0 ? ` The ${sayJobs(scheduled)} due later stay, and wait until it is resumed.` : ""
    }`,
  drainDo: "Drain queue",
  drains: (name: string) => `${name} is being drained`,
  drainCancel: "Cancel drain",
  drainCancelled: (name: string) => `${name} takes new jobs again`,
  draining: (left: number) => `Draining: ${sayJobs(left)} left; new submits are refused.`,
  drainingPaused: "It is paused, so nothing is worked off: resume it to let the drain go on.",
  why: {
    paused: "Paused: nothing starts until the queue is resumed. What waits is held, nothing is lost.",
    "no-workers":
      "No live worker serves its definitions from this pool. Start one, or look at why they ended.",
    breaker:
      "What it needs is down: its breaker holds the jobs that call it. They keep their attempts, nothing is lost.",
    "rate-limit": "As many have started as the rate limit allows; the next starts with the next token.",
    draining: "Being drained: new submits are refused, what is there is worked off, then it pauses itself.",
    "cap-reached": "As many run as the queue allows. Work starts as soon as a running job ends.",
  },
} as const;
