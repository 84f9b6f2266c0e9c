import type { FailureClass } from "../failure/failure-class.ts";
import type { RecordedFailure, RecordedJob } from "./backtest-policy.ts";
import { classRule } from "./class-rule.ts";
import { lastToldAttempt } from "./last-told-attempt.ts";
import { type RetryCourse, retryCourses } from "./retry-course.ts";
import { type RetryOdds, retryOdds } from "./retry-odds.ts";
import type { RetryPolicy } from "./retry-policy.ts";

/** How many jobs ended with so many attempts. */
export interface AttemptsBar {
  attempts: number;
  succeeded: number;
  dead: number;
}

/** Retries that came to nothing. Counts are of the jobs looked at; what an hour wastes is scaled to all jobs. */
export interface WastedRetries {
  retries: number;
  /** Retries of jobs that died all the same. */
  ofDead: number;
  /** Retries after a failure of a futile class, of jobs that did not die. */
  ofFutile: number;
  perHour: number;
  /** What workers spent on them, ms of a slot in each hour. */
  slotMsPerHour: number;
}

/** Whether retries helped jobs that failed at least once. */
export interface RetryAnalysis {
  /** Jobs looked at: all of them failed at least once. */
  jobs: number;
  recovered: number;
  dead: number;
  waiting: number;
  /** Jobs of the window that succeeded without a failure; null: not known. */
  firstTry: number | null;
  /** From 1 attempt on without a hole; the last bar stands for all from it on when there are so many. */
  histogram: AttemptsBar[];
  all: RetryOdds;
  /** By class, the most failures first. */
  classes: RetryOdds[];
  wasted: WastedRetries;
  /** From the start of the first attempt to that of the one that succeeded; null: none recovered. */
  recovery: { p50Ms: number; p90Ms: number; p99Ms: number } | null;
}

const hourMs = 3_600_000;

/**
 * What retries came to. `ended` are jobs that failed at least once and ended by themselves, `waiting` the failures of
 * those that have not; `share` (above 0, at most 1) is the part that they are of all that failed within `windowMs`.
 */
export function analyseRetries(input: {
  ended: readonly RecordedJob[];
  waiting: readonly (readonly RecordedFailure[])[];
  firstTry: number | null;
  policy: RetryPolicy;
  windowMs: number;
  share: number;
}): RetryAnalysis {
  const { ended, policy } = input;
  const courses = retryCourses(ended, input.waiting);
  const limitOf = (failureClass: FailureClass | null) =>
    failureClass === null ? policy.maxAttempts : classRule(policy, failureClass).maxAttempts;
  const odds = retryOdds(courses, limitOf);
  const futile = new Set(
    odds.classes.filter(({ isFutile }) => isFutile).map(({ failureClass }) => failureClass),
  );
  const hours = (input.windowMs / hourMs) * input.share;
  const ends = Map.groupBy(courses, ({ end }) => end);
  return {
    jobs: courses.length,
    recovered: ends.get("succeeded")?.length ?? 0,
    dead: ends.get("dead")?.length ?? 0,
    waiting: ends.get("waiting")?.length ?? 0,
    firstTry: input.firstTry,
    histogram: histogram(courses),
    ...odds,
    wasted: wasted(courses, futile, hours),
    recovery: recovery(ended),
  };
}

function histogram(courses: readonly RetryCourse[]): AttemptsBar[] {
  const bars: AttemptsBar[] = [];
  for (const { failures, end } of courses) {
    if (end === "waiting") continue;
    const attempts = Math.min(failures.length + (end === "succeeded" ? 1 : 0), lastToldAttempt);
    while (bars.length < attempts) bars.push({ attempts: bars.length + 1, succeeded: 0, dead: 0 });
    const bar = bars[attempts - 1];
    if (bar) bar[end] += 1;
  }
  return bars;
}

function wasted(
  courses: readonly RetryCourse[],
  futile: ReadonlySet<FailureClass | null>,
  hours: number,
): WastedRetries {
  let ofDead = 0;
  let ofFutile = 0;
  let slotMs = 0;
  for (const { failures, end } of courses) {
    for (const [index, failure] of failures.entries()) {
      const before = failures[index - 1];
      if (before === undefined) continue;
      if (end === "dead") ofDead += 1;
      else if (futile.has(before.class)) ofFutile += 1;
      else continue;
      slotMs += Math.max(0, failure.finishedAtMs - failure.startedAtMs);
    }
  }
  const retries = ofDead + ofFutile;
  const perHour = (value: number) => (hours > 0 ? value / hours : 0);
  return { retries, ofDead, ofFutile, perHour: perHour(retries), slotMsPerHour: perHour(slotMs) };
}

function recovery(ended: readonly RecordedJob[]): RetryAnalysis["recovery"] {
  const times = ended
    .flatMap(({ failures: [first], succeededAtMs }) =>
      first === undefined || succeededAtMs === null ? [] : [Math.max(0, succeededAtMs - first.startedAtMs)],
    )
    .sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))];
  const [p50Ms, p90Ms, p99Ms] = [at(0.5), at(0.9), at(0.99)];
  if (p50Ms === undefined || p90Ms === undefined || p99Ms === undefined) return null;
  return { p50Ms, p90Ms, p99Ms };
}
