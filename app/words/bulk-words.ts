import { formatCount, formatExactCount } from "#components/domain/format-count.ts";
import { formatDuration } from "#components/domain/format-duration.ts";
import { formatRate } from "#components/domain/format-rate.ts";
import type { BulkAction } from "#core/bulk/bulk-action.ts";
import type { BulkOutcome, BulkState } from "#core/bulk/bulk-state.ts";
import type { BulkHalt } from "#core/bulk/judge-jobs.ts";

const jobs = (count: number) => (count === 1 ? "1 job" : `${formatExactCount(count)} jobs`);
const percent = (share: number) => `${Math.round(share * 100)} %`;

const verbs: Record<BulkAction, string> = {
  retry: "Retry",
  cancel: "Cancel",
  reprioritise: "Reprioritise",
  move: "Move",
  discard: "Discard",
  restore: "Put back",
};
const states: Record<BulkState, string> = {
  freezing: "collecting",
  running: "running",
  paused: "paused",
  halted: "halted",
  completed: "completed",
  aborted: "aborted",
};
const what: Record<BulkAction, string> = {
  retry:
    "Each is put in line now. Attempt numbers go on, failures count from nothing. Jobs that run, wait in line or have completed are skipped.",
  cancel:
    "Waiting jobs end at once and can be put back for a while. The workers of running ones are asked to stop. Ended jobs are skipped.",
  reprioritise: "Waiting jobs get another class; they keep their state and due time. Others are skipped.",
  move: "Waiting and dead jobs go to another queue; they keep their state and due time. Others are skipped.",
  discard:
    "Dead jobs leave the dead letter and stay in history; they can be put back for a while. Others are skipped.",
  restore: "Each goes back to the place it had, due when it was due.",
};
const outcomes: Record<BulkOutcome | "waiting", string> = {
  done: "Done",
  failed: "Failed",
  skipped: "Skipped",
  waiting: "Not yet",
};
const halts: Record<BulkHalt["kind"] | "too-many", { title: string; todo: string }> = {
  failing: {
    title: "It halted by itself: its jobs fail again",
    todo: "What made them fail is not mended. The rest was not touched. Mend it, then resume: that begins with a new canary. Or abort and leave the rest as it is.",
  },
  "new-group": {
    title: "It halted by itself: its jobs fail in a new way",
    todo: "Look at the new failure group before you go on. The rest was not touched. Resume begins with a new canary.",
  },
  "no-answer": {
    title: "It halted by itself: nothing was heard of its canary",
    todo: "See that the queue is not paused and that workers serve these definitions. Then resume.",
  },
  "too-many": {
    title: "It ended before its first job: too many jobs match",
    todo: "Nothing was done. Narrow the filter and start again.",
  },
};

/** The texts of bulk operations. */
export const bulkWords = {
  title: "Bulk operations",
  page: (id: string) => `Bulk operation ${id}`,
  open: "Not over",
  past: "Over",
  none: "No bulk operation yet",
  noneTeach:
    "One act on many jobs appears here with its progress and its results. Select jobs in the list, or all that match a filter, and choose what to do.",
  toJobs: "Open the jobs",
  older: "Older",
  verbs,
  states,
  what,
  outcomes,
  halts,
  act: (action: BulkAction, count: number) => `${verbs[action]} ${jobs(count)}`,
  start: "Act on many jobs",
  action: "What to do",
  toQueue: "To queue",
  chooseQueue: "Choose a queue",
  toClass: "New class",
  counting: "Counting",
  counted: (count: number) => (count === 1 ? "job matches" : "jobs match"),
  exactWhy: "Counted just now. The set is frozen at the start; jobs that match later are left alone.",
  atLeastWhy: "The time for counting ran out: at least so many. The set is frozen in the background.",
  nothing: "No job matches. There is nothing to do.",
  tooMany: "More than 1,000,000 jobs match. Narrow the filter and do it in parts.",
  looked: (count: number) => `What they are is told of the newest ${formatExactCount(count)}.`,
  skips: (count: number) =>
    `${jobs(count)} of those looked at will be skipped: their state does not allow it.`,
  breakdown: { state: "state", queue: "queue", definition: "definition", class: "failure" },
  sample: "Some of them, the newest first",
  job: "job",
  state: "state",
  definition: "definition",
  error: "latest error",
  recentGood: (share: number) => `${percent(share)} of attempts of these queues succeeded in the last 5 min.`,
  recentBad: (share: number) =>
    `${percent(share)} of attempts of these queues failed in the last 5 min. Retrying now will probably fail too; the canary will tell.`,
  recentNone:
    "No attempt of these queues ended in the last 5 min, so nothing tells whether a retry would succeed.",
  pace: "Pace",
  canary: "Canary",
  canaryHint: "Done first. The rest follows only if they succeed. 0: none.",
  rate: "Highest rate",
  rateHint: (start: number) =>
    start < 1
      ? "Reached by doubling every 10 s."
      : `From ${formatCount(start)} a second, doubling every 10 s.`,
  perSecond: "a second",
  takes: (ms: number, canary: boolean) =>
    `Takes about ${formatDuration(ms)}${canary ? " after the canary" : ""} at this pace, if nothing stops it.`,
  badCanary: "A whole number from 0 to 1,000.",
  badRate: "A number from 0.1 to 1,000.",
  typed: (count: number) => `Type ${formatExactCount(count)} to confirm`,
  typedHint: "This takes many jobs away at once.",
  typedWrong: "This is not the count above.",
  started: (summary: string) => `Started: ${summary}`,
  view: "View",
  progress: "Progress",
  progressOf: (taken: number, matched: number) =>
    `${formatExactCount(taken)} of ${formatExactCount(matched)}`,
  collecting: (count: number) => `Collecting the jobs: ${formatExactCount(count)} so far.`,
  rateNow: (perSecond: number) => `${formatRate(perSecond)} a second now`,
  endsIn: (ms: number) => `done in about ${formatDuration(ms)}`,
  canaryNow: (taken: number, count: number) =>
    `canary: ${taken} of ${count} released, waiting for how they fare`,
  verdict: "How the retried jobs fared",
  verdictOf: (count: number) => `of the newest ${formatExactCount(count)}`,
  succeeded: "succeeded",
  failedAgain: "failed again",
  failedNew: "failed in a new way",
  stillWaiting: "not finished",
  share: (failed: number, finished: number, share: number, atLeast: number) =>
    `${failed} of ${finished} watched jobs failed (${percent(share)}, surely at least ${percent(atLeast)}).`,
  law: (share: number) => `It halts by itself when surely more than ${percent(share)} fail again.`,
  newGroup: "The new failure group",
  haltedWhy: "Why",
  results: "Results",
  resultHead: { job: "job", now: "now", definition: "definition", told: "remark", at: "at" },
  noResults: {
    done: "Nothing done yet.",
    failed: "None failed.",
    skipped: "None skipped.",
    waiting: "Every job has had its turn.",
  },
  moreResults: "More",
  gone: "gone",
  facts: "Facts",
  by: "by",
  reason: "reason",
  begun: "started",
  ended: "ended",
  filter: "jobs",
  openJobs: "Open those that match now",
  takesBack: "puts back",
  canaryName: "canary",
  rateName: "rate",
  canaryFact: (count: number) => (count === 0 ? "none" : jobs(count)),
  rateFact: (start: number, most: number) =>
    start === most ? `${formatRate(most)} a second` : `${formatRate(start)} to ${formatRate(most)} a second`,
  pause: "Pause",
  resume: "Resume",
  abort: "Abort",
  takeBack: "Take back",
  takeBackUntil: "can be taken back until",
  steer: {
    pause: {
      title: "Pause this operation?",
      what: "The batch under way is finished; the rest waits until you resume.",
    },
    resume: {
      title: "Resume this operation?",
      what: "It goes on with the rest of its jobs, a retry with a new canary first.",
    },
    abort: {
      title: "Abort this operation?",
      what: "The rest of its jobs is left as it is. What was done stays done; this cannot be resumed.",
    },
    takeBack: {
      title: "Take this back?",
      what: "Jobs that were waiting or dead go back to the place they had. Those that were running when they were cancelled cannot. This is a bulk operation of its own.",
    },
  },
  head: {
    state: "state",
    what: "what",
    progress: "progress",
    results: "done · failed · skipped",
    by: "by",
    at: "started",
  },
  results3: (done: number, failed: number, skipped: number) =>
    `${formatCount(done)} · ${formatCount(failed)} · ${formatCount(skipped)}`,
  bar: (summary: string) => `Progress of: ${summary}`,
} as const;
