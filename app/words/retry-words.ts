import { formatCount } from "#components/domain/format-count.ts";
import { formatDuration } from "#components/domain/format-duration.ts";
import { formatRate } from "#components/domain/format-rate.ts";
import { formatShare } from "#components/domain/format-share.ts";
import type { PolicyEffect } from "#core/retry/compare-replays.ts";
import type { PolicyChange } from "#core/retry/policy-change.ts";

const jobs = (count: number) => `${formatCount(count)} ${count === 1 ? "job" : "jobs"}`;
const retries = (count: number) => `${formatCount(count)} ${count === 1 ? "retry" : "retries"}`;
/** A chance to a tenth of a percent where it is small: limits of 1 and 2 percent are told apart. */
const finely = (share: number) => {
  if (share >= 0.0995) return formatShare(share);
  return share > 0 && share < 0.0005 ? "<0.1 %" : `${Number((share * 100).toFixed(1))} %`;
};

/** Why a suggestion changes what it changes. */
function sayChange(change: PolicyChange): string {
  switch (change.kind) {
    case "stop-class":
      return `Do not retry ${change.failureClass}: ${formatCount(change.succeeded)} of ${retries(change.tried)} succeeded, which is surely below ${finely(change.high)}.`;
    case "limit-class":
      return `Leave ${change.failureClass} one retry instead of ${formatCount(change.was - 1)}: ${formatCount(change.succeeded)} of ${retries(change.tried)} succeeded, surely below ${finely(change.high)}. One is kept because such trouble can pass.`;
    case "outlast":
      return `Be patient for longer: ${jobs(change.died)} died before calls worked again. In 9 of 10 cases that took up to ${formatDuration(change.neededMs)}; the last attempt may now start as early as ${formatDuration(change.wasReachMs)} after the first, with this policy not before ${formatDuration(change.reachMs)}.`;
    case "more-attempts":
      return `Allow ${change.maxAttempts} attempts instead of ${change.was}: the last ones still succeed in ${formatShare(change.mean)}, and ${jobs(change.died)} died for want of more.`;
    case "fewer-attempts":
      return `Allow ${change.maxAttempts} attempts instead of ${change.was}: of ${jobs(change.tried)} that went on beyond, ${formatCount(change.succeeded)} succeeded, surely below ${finely(change.high)}.`;
  }
}

function sayEffect({ jobs: count, gained, lost, attemptsBefore, attemptsAfter }: PolicyEffect): string {
  const spared = attemptsBefore - attemptsAfter;
  const attempts =
    spared === 0
      ? "as many attempts"
      : `${formatCount(Math.abs(spared))} ${spared > 0 ? "fewer" : "more"} attempts`;
  const lives = [
    gained > 0 ? `${jobs(gained)} that died ${gained === 1 ? "recovers" : "recover"}` : "",
    lost > 0 ? `${jobs(lost)} that recovered ${lost === 1 ? "dies" : "die"}` : "",
  ].filter(Boolean);
  const outcome = lives.length > 0 ? lives.join(", ") : "every job ends as before";
  return `Replayed on ${jobs(count)} of this record: ${outcome}, with ${attempts} (${formatCount(attemptsAfter)} after ${formatCount(attemptsBefore)}).`;
}

/** The texts of "Do retries help?". */
export const retryWords = {
  title: "Do retries help?",
  window: "Jobs submitted in",
  windows: { hour: "the last hour", day: "the last 24 h", week: "the last 7 days" },
  asOf: "as of",
  none: "No job failed in this window",
  noneTeach:
    "Here stands how many attempts jobs needed, which failures another attempt helps and which it does not, and a policy that would do better. It fills with the first failures; try a longer window.",
  unused: "No definition uses this policy, so there are no retries to look at.",
  verdict: (recovered: number, failed: number) =>
    recovered === 0
      ? `None of ${jobs(failed)} that failed has recovered.`
      : `${formatCount(recovered)} of ${jobs(failed)} that failed recovered (${formatShare(recovered / failed)}).`,
  ends: (dead: number, waiting: number) =>
    `${formatCount(dead)} died${waiting > 0 ? `, ${formatCount(waiting)} still wait` : ""}.`,
  firstTry: (count: number) => `About ${formatCount(count)} more succeeded without a failure.`,
  all: "All jobs that failed in this window.",
  sampled: (share: number) =>
    `A sample spread over the window: about ${formatShare(share)} of the failures. Counts are of the sample; what stands by the hour is scaled to all.`,
  leftOut: (count: number) => `${formatCount(count)} left out: changed or retried by hand, or cancelled.`,
  histogram: "Attempts until the end",
  histogramNote: "jobs that failed at least once, by the attempts they made",
  attempts: "attempts",
  succeeded: "succeeded",
  dead: "dead",
  total: "jobs",
  andMore: (attempts: number) => `${attempts}+`,
  costs: "What it costs",
  wasted: "Wasted retries an hour",
  wastedWhy: "Retries of jobs that died all the same, and retries after a failure of a futile class.",
  wastedOf: (ofDead: number, ofFutile: number) =>
    `in these jobs ${formatCount(ofDead)} of those that died${ofFutile > 0 ? `, ${formatCount(ofFutile)} after futile failures` : ""}`,
  perHour: (count: number, isScaled: boolean) => `${isScaled ? "≈ " : ""}${formatRate(count)}`,
  slotTime: "Worker time on them an hour",
  recovery: "First attempt to success",
  recoveryNone: "no job recovered",
  percentiles: (p50Ms: number, p90Ms: number, p99Ms: number) =>
    `${formatDuration(p50Ms)} · ${formatDuration(p90Ms)} · ${formatDuration(p99Ms)}`,
  percentilesWhy: "Median, 90 % and 99 % of the jobs that recovered.",
  odds: "Success of the next attempt",
  oddsNote: "by the class of the failure before it",
  oddsWhy:
    "A class or an attempt with few tries is taken to be like the rest until it shows otherwise. The interval holds the truth in 9 of 10 cases.",
  oddsHead: {
    after: "after",
    tried: "retries",
    succeeded: "succeeded",
    chance: "chance, 90 % interval",
    within: "within the attempts left",
  },
  anyClass: "any failure",
  attempt: (attempt: number, andMore: boolean) => `attempt ${attempt}${andMore ? " and later" : ""}`,
  byAttempt: (what: string) => `Attempts after ${what}`,
  interval: (low: number, high: number) => `${finely(low)} to ${finely(high)}`,
  chance: finely,
  untried: "never retried",
  futile: "futile",
  futileWhy: "Another attempt surely succeeds less often than in 2 of 100 cases.",
  suggestion: "Suggested policy",
  noSuggestion: "Nothing in this record speaks for another policy.",
  tooLittle: (classes: readonly { failureClass: string; tried: number }[]) =>
    `Left as they are, because too little is known: ${classes
      .map(({ failureClass, tried }) => `${failureClass} (${retries(tried)})`)
      .join(", ")}.`,
  sayChange,
  sayEffect,
  open: "Open in the editor",
  openWhat: "The editor opens filled in with it and runs its backtest. Nothing is saved until you save it.",
  acts: (name: string, users: number) => `It is a change of ${name}, which ${users} definitions use.`,
  ownPolicy:
    "This definition carries its own policy, written by its code. Change it there, or make a named policy of it on the Policies page.",
  copy: "Copy the suggested policy as JSON",
  replaceTitle: "Replace your unsaved changes?",
  replaceWhat: (name: string) =>
    `You have unsaved changes of ${name} in this tab. Opening the suggestion replaces them.`,
  replace: "Replace them",
  notKept:
    "The suggestion could not be handed to the editor: this browser keeps nothing for this page. Copy it as JSON instead.",
  filledIn: "Filled in with the suggested policy. Nothing is saved yet; its backtest stands below.",
} as const;
