import { formatCount } from "#components/domain/format-count.ts";
import { formatAge, formatDuration } from "#components/domain/format-duration.ts";
import { formatRate } from "#components/domain/format-rate.ts";
import { formatShare } from "#components/domain/format-share.ts";
import type { DrainForecast } from "#core/flow/forecast-drain.ts";
import type { SignalCause } from "../(console)/_board/find-signal.ts";
import type { Trouble } from "../(console)/_board/find-trouble.ts";
import { sayJobs } from "./say-jobs.ts";

const longMs = 172_800_000;

function trouble({ kind, queue, failureShare, failureClass, growsPerSecond, incident }: Trouble): string {
  switch (kind) {
    case "no-workers":
      return `${queue} has no workers`;
    case "paused":
      return `${queue} is paused`;
    case "breaker-open":
      return `${queue} is held`;
    case "still":
      return `${queue} stands still: it has workers, but nothing started for a minute`;
    case "failing":
      return `${queue} fails ${formatShare(failureShare)} of its attempts${failureClass && incident === null ? `, mostly ${failureClass}` : ""}`;
    case "cap-reached":
      return `${queue} is at its cap`;
    case "growing":
      return `${queue} grows by ${formatRate(growsPerSecond)} a second`;
  }
}

function forecast(drain: DrainForecast): string {
  switch (drain.kind) {
    case "none":
      return "";
    case "flowing":
      return "flowing";
    case "clears":
      return drain.inMs > longMs ? "clears in days" : `clears in ≈ ${formatDuration(roundUp(drain.inMs))}`;
    case "level":
      return "keeps level";
    case "grows":
      return `grows ${formatRate(drain.perSecond)}/s`;
    case "still":
      return "stands still";
  }
}

/** A forecast is no promise to the second: 5 s steps below a minute, whole minutes beyond. */
function roundUp(ms: number): number {
  const stepMs = ms < 60_000 ? 5_000 : 60_000;
  return Math.ceil(ms / stepMs) * stepMs;
}

const dependencyFails: Partial<Record<string, string>> = {
  "dependency-down": "is down",
  timeout: "answers too late",
  "rate-limited": "takes no more calls for now",
};
const whose: Partial<Record<string, string>> = {
  "third-party": "theirs, not ours",
  environment: "ours: our surroundings",
  code: "ours: our code",
  data: "it is the data",
};

/** The texts of the Board. */
export const boardWords = {
  title: "Board",
  verdict: "Verdict",
  stopped: (clock: string) => `The figures stopped at ${clock}; until then:`,
  allClear: "All clear",
  nothingWaits: "nothing waits",
  waits: (count: number) => `${formatCount(count)} waiting`,
  jobsWait: (count: number) => (count === 1 ? "1 job waits there" : `${sayJobs(count)} wait there`),
  noneWaits: "nothing waits there",
  retry: (count: number) =>
    count === 1 ? "1 job waits for its retry" : `${sayJobs(count)} wait for their retry`,
  nothingToDo: "nothing need be done",
  lookBelow: (count: number) =>
    count === 1 ? "one thing fails now and then, below" : `${count} things fail now and then, below`,
  since: (clock: string, ageMs: number) => `since ${clock} (${formatAge(ageMs)})`,
  dependencyFails: (dependency: string, failureClass: string) =>
    `${dependency} ${dependencyFails[failureClass] ?? "fails"}`,
  breaker: (dependency: string, state: string) => `the breaker of ${dependency} is ${state}`,
  untouched: "attempts untouched",
  whose: (origin: string) => whose[origin] ?? origin,
  givenUp: (count: number) => (count === 0 ? "none given up" : `${sayJobs(count)} given up, none lost`),
  heldWork: (ms: number) => `≈ ${formatDuration(roundUp(ms))} of work once it goes on`,
  notWorkers: (workers: number) =>
    `not the workers: ${workers === 1 ? "1 is" : `${formatCount(workers)} are`} up, none was lost`,
  stuck: (definition: string, heldMs: number) => `${definition} is stuck for ${formatAge(heldMs)}`,
  moreStuck: (count: number) => `and ${count} more`,
  moreTroubles: (count: number) =>
    count === 1 ? "1 more queue needs a look" : `${count} more queues need a look`,
  depthsLate: (ms: number) => `depths were last counted ${formatDuration(ms)} ago: no dispatcher is running`,
  trouble,
  forecast,
  cause: {
    paused: "paused",
    "no-workers": "no workers",
    breaker: "breaker",
    "cap-reached": "cap reached",
    "rate-limit": "rate limit",
    draining: "draining",
  } satisfies Record<SignalCause, string>,
  heldByBreaker: (dependency: string) => `held by the breaker of ${dependency}`,
  clear: "clear",
  signal: (cause: string, held: number) => `Signal: ${cause}${held > 0 ? `, ${sayJobs(held)} held` : ""}`,
  queue: "queue",
  arrivals: "in /s",
  arrivalsWhy: "jobs submitted a second, mean of the last 10 s",
  waiting: "waiting",
  waitingWhy: "available and held jobs at the last count",
  logScale: "log scale",
  running: "running",
  runningWhy: "attempts running, of the slots of live workers that serve the queue",
  finishes: "done /s",
  finishesWhy: "jobs completed a second, mean of the last 10 s",
  failing: "failing",
  failingWhy: "share of attempts that failed over the last minute",
  oldest: "oldest",
  oldestWhy: "how long the longest waiting available job has been due",
  forecastHead: "forecast",
  held: "held",
  heldForecast: (ms: number) => `≈ ${formatDuration(roundUp(ms))} once resumed`,
  heldForecastWhy: "held jobs × their mean run ÷ slots; nothing clears before somebody resumes the queue",
  forecastWhy: "≈ from the starts and arrivals of the last minute",
  slots: (filled: number, slots: number) => `${formatCount(filled)} running of ${formatCount(slots)} slots`,
  waitingLabel: (queue: string, parts: string) => `${queue}: ${parts} waiting`,
  sortAgain: "Sort by need",
  more: "There are more queues than the Board draws; the Queues page has all of them.",
  noQueues: "No queue yet",
  noQueuesTeach:
    "A queue comes to be with the first job definition that names it. To see the Board at work on real jobs:",
  depth: "Waiting by class",
  depthNote: "jobs, at the last count in each bucket",
  rates: "Flow",
  ratesNote: "a second",
  failures: "Failed attempts by class",
  failuresNote: "in each bucket",
  noFailures: "No attempt failed in this time.",
  range: "Span of the charts",
  submitted: "submitted",
  started: "started",
  completed: "completed",
  failed: "failed",
  slotsBusy: (filled: number, slots: number) => `${formatCount(filled)} of ${formatCount(slots)} slots busy`,
  workersLive: (count: number) => (count === 1 ? "1 worker" : `${formatCount(count)} workers`),
  draining: (count: number) => `${formatCount(count)} draining`,
  noWorkers: "No worker is connected.",
} as const;
