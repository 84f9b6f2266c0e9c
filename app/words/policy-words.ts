import { formatCount } from "#components/domain/format-count.ts";
import { formatDuration } from "#components/domain/format-duration.ts";
import type { FailureClass } from "#core/failure/failure-class.ts";
import type { JitterKind } from "#core/retry/jitter-kind.ts";
import type { NextDecision } from "#core/retry/next-decision.ts";
import type { BackoffLaw, RetryPolicy } from "#core/retry/retry-policy.ts";
import { sayDuration } from "#core/say-duration.ts";

/** A backoff law in words. */
export function sayLaw(law: BackoffLaw): string {
  switch (law.kind) {
    case "constant":
      return `${sayDuration(law.delayMs)} each time`;
    case "linear":
      return `${sayDuration(law.baseMs)}, each time ${sayDuration(law.stepMs)} more, at most ${sayDuration(law.capMs)}`;
    case "exponential":
      return `${sayDuration(law.baseMs)}, each time × ${law.factor}, at most ${sayDuration(law.capMs)}`;
    case "list": {
      const shown = law.delaysMs.slice(0, 5).map(sayDuration).join(", ");
      return law.delaysMs.length > 5 ? `${shown} and ${law.delaysMs.length - 5} more` : shown;
    }
  }
}

function sayJitter(policy: RetryPolicy): string {
  if (policy.jitter === "none") return "no jitter";
  if (policy.jitter === "full" && policy.minDelayMs > 0)
    return `full jitter down to ${sayDuration(policy.minDelayMs)}`;
  return `${policy.jitter} jitter`;
}

/** A policy in one line. */
export function sayPolicy(policy: RetryPolicy): string {
  const within = policy.maxElapsedMs === undefined ? "" : ` within ${sayDuration(policy.maxElapsedMs)}`;
  return `${sayLaw(policy.law)} · ${sayJitter(policy)} · ${policy.maxAttempts} attempts${within}`;
}

const laws: Record<BackoffLaw["kind"], string> = {
  constant: "constant",
  linear: "linear",
  exponential: "exponential",
  list: "list of delays",
};
const jitters: Record<JitterKind, { name: string; why: string }> = {
  none: {
    name: "none",
    why: "Every job waits exactly as long: jobs that failed together come back together.",
  },
  full: {
    name: "full",
    why: "Anything from the floor to the delay: spreads the most, sometimes comes back soon.",
  },
  equal: { name: "equal", why: "From half of the delay to all of it: never sooner than half." },
  decorrelated: {
    name: "decorrelated",
    why: "From the base to three times the last wait: a walk under the cap.",
  },
};

/** The texts of the policies pages. */
export const policyWords = {
  title: "Policies",
  list: "Retry policies",
  head: { name: "policy", law: "delays", users: "used by", edited: "last edit", hour: "last hour" },
  hour: (retried: number, died: number) =>
    retried + died === 0 ? "no failure" : `${formatCount(retried)} retried · ${formatCount(died)} dead`,
  hourWhy: "Failures in the last hour of the definitions that use it: retried, and ended in the dead letter.",
  builtIn: "built in",
  noUsers: "nobody",
  users: (count: number) => (count === 1 ? "1 definition" : `${count} definitions`),
  by: (who: string) => `by ${who}`,
  version: (version: number) => (version === 0 ? "built in" : `version ${version}`),
  own: "Definitions with a policy of their own",
  ownWhy:
    "Written in the definition by its code. To edit one here, make a named policy of it and name that in the definition.",
  makeNamed: "Make it a named policy",
  create: "New policy",
  createWhat: "A policy is written with its first version; until then nothing is stored.",
  duplicate: "Duplicate",
  notFound: (name: string) => `There is no policy ${name} yet`,
  newTitle: "New: nothing is stored until you save it",
  back: "Policies",
  usedBy: "Used by",
  usedByNone: "No definition names this policy yet. Name it in a definition's retryPolicy to use it.",
  moreUsers: (count: number) => `and ${count} more`,
  form: "Policy",
  views: "How the policy is edited",
  viewForm: "Form",
  viewJson: "JSON",
  json: "The policy as JSON",
  jsonBad: "This is not JSON yet; the form keeps what it last understood.",
  law: "Law",
  laws,
  delay: "Delay",
  base: "First delay",
  step: "Added each time",
  factor: "Factor",
  times: "×",
  cap: "At most",
  delays: "Delays, in order",
  delaysHint: "Parted by commas, as in 1 s, 5 s, 30 s; the last one repeats.",
  jitter: "Jitter",
  jitters,
  minDelay: "Not sooner than",
  minDelayHint: "The floor of full jitter.",
  maxAttempts: "Attempts at most",
  maxAttemptsUnit: "attempts",
  maxAttemptsHint: "The first one counts.",
  maxElapsed: "Give up after",
  maxElapsedHint: "From the first attempt to the start of the last; empty: no limit.",
  honour: "Honour Retry-After",
  honourHint: "What the other side asks for is the least wait, beyond every cap.",
  notSpan: "Type a span: 500 ms, 30 s, 10 min, 2 h.",
  notNumber: "Type a number.",
  classes: "By failure class",
  classesWhy: "What is empty is the policy's own; the retry shown in grey is the default of the class.",
  classHead: {
    class: "class",
    retry: "retry",
    factor: "delay ×",
    attempts: "attempts",
    also: "and",
    law: "own law",
  },
  also: {
    nothing: "nothing more",
    raise: "raise by a class",
    escalate: "ask a person",
    both: "raise, then ask",
  },
  alsoOf: (failureClass: FailureClass) => `What ${failureClass} does beside`,
  retryOf: (failureClass: FailureClass) => `Retry ${failureClass}`,
  factorOf: (failureClass: FailureClass) => `Delay factor of ${failureClass}`,
  attemptsOf: (failureClass: FailureClass) => `Attempts of ${failureClass}`,
  lawOf: (failureClass: FailureClass) => `Own law of ${failureClass}`,
  byDefault: (retry: boolean) => (retry ? "default: retry" : "default: dead"),
  retry: "retry",
  dead: "dead",
  noLaw: "the policy's",
  chart: "When attempts start",
  chartNote: (draws: number) =>
    draws === 1 ? "no jitter: one line" : `median and 5 to 95 % of ${draws} draws`,
  chartBand: "5 to 95 %",
  chartMid: "median",
  chartSaved: "median as saved",
  chartX: "attempt",
  chartClass: "Failure class",
  chartPriority: "Priority class",
  chartNone: "This class is not retried: the first failure is the last.",
  chartInvalid: "The chart follows when the policy is valid.",
  ends: {
    "max-attempts": (attempts: number, atMs: number) =>
      `Dead after attempt ${attempts}, about ${formatDuration(atMs)} after the first.`,
    "max-elapsed": (attempts: number, atMs: number) =>
      `Most give up by time around attempt ${attempts}, about ${formatDuration(atMs)} after the first.`,
    goesOn: (attempts: number) => `Goes on beyond the ${attempts} attempts shown.`,
  },
  save: (version: number) => `Save version ${version}`,
  saveTitle: (name: string, version: number) => `Save version ${version} of ${name}`,
  saveWhat: (users: number) =>
    users === 0
      ? "No definition uses it yet. Older versions stay."
      : `It acts on the next failure of every job of ${users === 1 ? "1 definition" : `${users} definitions`}; waits that are set already stay. Older versions stay and can be rolled back to.`,
  saved: (name: string, version: number) => `${name} is at version ${version}`,
  same: (name: string) => `${name} says this already; nothing was written`,
  backtest: {
    title: "Backtest",
    note: "what this policy would have done",
    what: "Replays the recorded failures of the definitions that use this policy, under the version in force and under what stands in the form. Nothing is written.",
    assumption:
      "Assumed: whether a call succeeds depends on when it is made and on the kind of failure alone. What kept a job from success went away at one moment between its last failure and its success; for a dead job in the first later minute, within a day, in which most attempts of its definition succeeded, and never where there is none, where most succeeded while it died, or where its class has no chance unless someone acts. Nothing waits in line, and no retry makes an outage longer.",
    window: "Jobs submitted in",
    windows: { hour: "the last hour", day: "the last 24 h", week: "the last 7 days" },
    run: "Run backtest",
    again: "Run again",
    stale: "The policy was changed since; run it again.",
    unused: "No definition uses this policy, so there is nothing recorded to replay.",
    unsaved: "A policy that was never saved has no recorded jobs to replay.",
    none: "No job of these definitions failed and ended in this window; nothing to replay. Try a longer one.",
    jobs: (jobs: number, complete: boolean) =>
      complete
        ? `All ${formatCount(jobs)} jobs that failed`
        : `A sample of ${formatCount(jobs)} jobs that failed`,
    leftOut: (count: number) =>
      `${formatCount(count)} left out: not ended yet, or changed or retried by hand`,
    sampled: "Of a sample compare the columns, not the counts with other pages.",
    figure: "figure",
    old: "in force",
    new: "proposed",
    difference: "difference",
    recovered: "Recovered",
    dead: "Dead",
    median: "Time to success, median",
    p95: "Time to success, 95 %",
    attempts: "Attempts spent",
    peak: "Retries in the busiest minute",
    interval: (low: string, high: string) => `${low} to ${high}`,
    intervalWhy: "90 % interval: bootstrap over jobs",
    more: (figure: string) => `${figure} more`,
    fewer: (figure: string) => `${figure} fewer`,
    longer: (figure: string) => `${figure} longer`,
    shorter: (figure: string) => `${figure} shorter`,
    same: "the same",
    series: "Retries a minute",
    seriesNote: "the busiest minute of each bucket",
    verdict: (gained: number, lost: number) =>
      gained === 0 && lost === 0
        ? "Every job would end as before."
        : [
            gained > 0 ? `${formatCount(gained)} jobs that died would recover.` : "",
            lost > 0 ? `${formatCount(lost)} jobs that recovered would die.` : "",
          ]
            .filter(Boolean)
            .join(" "),
    waiting: "Jobs that wait for a retry now",
    waitingWhat:
      "Their wait is set and stays. The policy acts on their next failure only; with the same failure again and half of the jitter:",
    waitingNone: "No job of these definitions waits for a retry now.",
    change: {
      same: "no difference",
      sooner: "comes back sooner",
      later: "comes back later",
      dies: "would be dead",
      retried: "would be retried, not dead",
    } satisfies Record<NextDecision, string>,
    count: (count: number, atLeast: boolean) => `${atLeast ? "≥ " : ""}${formatCount(count)}`,
  },
} as const;
