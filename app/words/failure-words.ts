import { formatCount } from "#components/domain/format-count.ts";
import { formatAge, formatDuration } from "#components/domain/format-duration.ts";
import { formatExactInstant } from "#components/domain/format-instant.ts";
import type { Ignoring, Resolution } from "#core/failure-group/failure-group-state.ts";
import { sayJobs } from "./say-jobs.ts";

const failures = (count: number) => (count === 1 ? "1 failure" : `${formatCount(count)} failures`);
const rate = (perMinute: number) =>
  perMinute < 0.05
    ? "none"
    : perMinute < 9.95
      ? String(Number(perMinute.toFixed(1)))
      : formatCount(perMinute);
const origins: Record<string, string> = {
  environment: "our surroundings",
  data: "the data",
  "third-party": "a service of others",
  code: "our code",
};

/** The texts of the failures pages and of the dead letter. */
export const failureWords = {
  title: "Failures",
  parts: "Parts of failures",
  groups: "Groups",
  deadLetter: "Dead letter",
  rules: "Rules",
  verdict: "How failures stand",
  quiet: "Nothing is rising",
  rises: (perMinute: number, before: number) => `rises: ${rate(perMinute)} a minute, ${rate(before)} before`,
  since: (clock: string, ageMs: number) => `since ${clock} (${formatAge(ageMs)})`,
  moreRising: (count: number) => `${count} more ${count === 1 ? "group rises" : "groups rise"}`,
  noneInHour: "no failure in the last hour",
  inHour: (count: number) => `${failures(count)} in the last hour`,
  split: (parts: readonly { origin: string; share: number }[]) =>
    parts
      .map(({ origin, share }) => `${Math.round(share * 100)}\u00a0% ${origins[origin] ?? origin}`)
      .join(", "),
  origins,
  originWhy: "where the cause lies",
  grid: "Failures by class",
  gridNote: "groups of every state, each by the class it has now",
  gridOf: (failureClass: string, window: string, count: number) =>
    `${failures(count)} of class ${failureClass} in ${window}`,
  windows: { "5m": "5 min", "1h": "1 h", "6h": "6 h", "24h": "24 h", "7d": "7 d" },
  window: "Counted over",
  order: "Sorted by",
  orders: { "last-seen": "last seen", count: "count", rising: "rising" },
  filter: {
    class: "class",
    origin: "origin",
    definition: "definition",
    queue: "queue",
    dependency: "dependency",
  },
  states: "States",
  state: { open: "open", resolved: "resolved", ignored: "ignored" },
  stateWhy: {
    open: "asks for somebody",
    resolved: "mended, as somebody said; opens again when it recurs",
    ignored: "out of sight up to a bound",
  },
  clear: "Clear filters",
  list: "Failure groups",
  head: {
    group: "failure",
    class: "class",
    trend: "trend",
    count: "failures",
    last: "last seen",
    first: "first seen",
    affected: "affects",
    dead: "dead",
    retrying: "waiting",
    state: "state",
  },
  trendOf: (counts: readonly number[], window: string) =>
    `${failures(counts.reduce((sum, count) => sum + count, 0))} in ${window}, oldest first; ${formatCount(Math.max(0, ...counts))} in the fullest part`,
  more: (count: number) => `+${count}`,
  older: "Further groups",
  newest: "First page",
  shown: (count: number) => (count === 1 ? "1 group" : `${count} groups`),
  none: "No failure in this window",
  noneTeach:
    "A failure that comes again is one group here: what it is, since when, whom it hits, and what to do. Widen the window, or see some with real jobs:",
  noneMatch: "No group matches",
  noneMatchTeach: "Take a filter off, choose every state, or widen the window.",
  back: "Failures",
  seenIn: (definition: string, version: number) => `first in ${definition} v${version}`,
  times: "Seen",
  firstSeen: "first",
  lastSeen: "last",
  total: (count: number, deaths: number) =>
    `${failures(count)} in all, ${deaths === 0 ? "none of them the last of its job" : `${formatCount(deaths)} of them the last of their job`}`,
  dependency: "dependency",
  origin: "origin",
  rule: "rule",
  ruleBuiltIn: "comes with the product",
  ruleOwn: "one of yours",
  ruleNone: "none: the handler's own word, or nothing matched",
  makeRule: "Make a rule from this failure",
  advice: "Is it safe to retry all?",
  verdicts: { safe: "Safe", wait: "Wait", no: "No" },
  adviceAsOf: "figures of the last 5 minutes",
  deadJobs: (count: number, atLeast: boolean) => `${atLeast ? "≥ " : ""}${sayJobs(count)} dead`,
  retryingJobs: (count: number, atLeast: boolean) =>
    `${atLeast ? "≥ " : ""}${sayJobs(count)} waiting to retry`,
  noJobs: "No job is dead or waiting because of it.",
  retryAll: (count: number) => `Retry all dead ${formatCount(count)}`,
  discardAll: (count: number) => `Discard ${formatCount(count)}`,
  cancelAll: (count: number) => `Cancel ${formatCount(count)} waiting retries`,
  openJobs: "Jobs of this group",
  remediation: "What to do",
  noRemediation: "The rule that matched says nothing of a remedy.",
  runbook: (of: string) => `Runbook of ${of}`,
  sample: "Sample",
  sampleOf: "from",
  attempt: (attempt: number) => `attempt ${attempt}`,
  noSample: "No report was kept.",
  trend: "Failures over time",
  trendNote: (bucketMs: number) => `${formatDuration(bucketMs)} a bar`,
  versions: "Failures by version",
  others: "others",
  trendEmpty: "It did not fail in this window.",
  affected: "Affected",
  affectedNote: "the last 35 days",
  affectedHead: {
    definition: "definition",
    version: "version",
    queue: "queue",
    failures: "failures",
    deaths: "deaths",
  },
  live: "live",
  liveWhy: "new jobs get this version",
  hosts: "hosts",
  hostsNote: "the newest 500 failures",
  noHost: "a worker that is forgotten",
  samples: "Newest failures",
  samplesNote: "those of the 20 newest jobs",
  samplesHead: {
    when: "when",
    job: "job",
    definition: "definition",
    host: "host",
    outcome: "then",
    message: "message",
  },
  decision: { retry: "retried", dead: "died" } as Record<string, string>,
  resolve: "Resolve",
  ignore: "Ignore",
  reopen: "Reopen",
  resolveTitle: "Resolve this group",
  resolveWhat: "It leaves the open list, and opens again by itself with the first failure after this.",
  resolveIn: "Resolved in",
  resolvePlain: "now, whatever the version",
  resolveVersion: (definition: string, version: number, live: boolean) =>
    `${definition} version ${version}${live ? ", live" : ", to come"}; older versions may still fail`,
  resolveDo: "Resolve group",
  ignoreTitle: "Ignore this group",
  ignoreWhat: "It leaves the open list up to a bound. Jobs go on failing as before.",
  ignoreUntil: "Until",
  bounds: { time: "a time", count: "so many failures more", rate: "more than so many a minute" },
  boundTime: "For",
  boundTimes: { "3600000": "1 hour", "14400000": "4 hours", "86400000": "1 day", "604800000": "7 days" },
  boundCount: "Failures more",
  boundRate: "Failures a minute",
  boundUnit: "failures",
  boundWrong: "Type a whole number of at least 1.",
  ignoreDo: "Ignore group",
  reopenTitle: "Reopen this group",
  reopenWhat: "It comes back to the open list.",
  reopenDo: "Reopen group",
  done: { open: "The group is open", resolved: "The group is resolved", ignored: "The group is ignored" },
  said: (actor: string, state: string) => `${state} by ${actor}`,
  standing: (standing: Resolution | Ignoring): string => {
    if (standing.state === "resolved")
      return standing.inVersion === null
        ? "until it fails again"
        : `in ${standing.inVersion.definition} version ${standing.inVersion.version}`;
    const { bound } = standing;
    if (bound.kind === "time") return `until ${formatExactInstant(bound.untilMs)}`;
    if (bound.kind === "count") return `until it fails ${formatCount(bound.more)} times more`;
    return `until it fails more than ${formatCount(bound.perMinute)} times a minute`;
  },
  dead: {
    title: "Dead letter",
    what: "Jobs that were given up. Retry them, edit and retry them, or discard them.",
    groups: "Dead jobs by failure",
    all: "All dead jobs",
    noGroup: "died of no failure",
    noGroupWhy: "a limit on the whole job ran out, or it was ended otherwise",
    list: "Dead jobs, newest first",
    none: "Nothing is dead",
    noneTeach: "A job lands here when its policy gives up on it. Then it waits for you; nothing is lost.",
    noneOfGroup: "No job of this group is dead",
    moreGroups: "There are more groups than these 100.",
    selected: (count: number) => `${sayJobs(count)} selected`,
    retry: (count: number) => `Retry ${sayJobs(count)}`,
    discard: (count: number) => `Discard ${sayJobs(count)}`,
    edit: "Edit and retry",
    retryWhat: (count: number) =>
      count === 1
        ? "It goes back in line with its failures forgotten."
        : "They go back in line with their failures forgotten.",
    discardWhat: (count: number) =>
      count === 1
        ? "It leaves the dead letter and stays in history. You can take it back for 10 minutes."
        : "They leave the dead letter and stay in history. You can take them back for 10 minutes.",
    retried: (count: number) => `${sayJobs(count)} ${count === 1 ? "is" : "are"} back in line`,
    discarded: (count: number) => `${sayJobs(count)} ${count === 1 ? "is" : "are"} discarded`,
    restored: (count: number) => `${sayJobs(count)} ${count === 1 ? "is" : "are"} back in the dead letter`,
    undo: "Take back",
    undoReason: "taken back from the notice of the discard",
    refused: (count: number) => `${sayJobs(count)} refused`,
    select: (id: string) => `Select job ${id}`,
    clearSelection: "Clear selection",
    head: {
      job: "job",
      definition: "definition",
      queue: "queue",
      died: "died",
      attempts: "attempts",
      error: "error",
    },
    keys: "j k move · x select · Enter open · r retry · e edit and retry · d discard",
    older: "Older",
    newest: "Newest",
  },
} as const;
