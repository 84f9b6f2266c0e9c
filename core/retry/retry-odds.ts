import { type FailureClass, failureClasses } from "../failure/failure-class.ts";
import { lastToldAttempt } from "./last-told-attempt.ts";
import { jeffreysHazard, poolHazards, type RetryHazard, type RetryTally } from "./pool-hazards.ts";
import type { RetryCourse } from "./retry-course.ts";

/** The chance of one attempt, and of any from it on within the attempts that the policy allows. */
export interface AttemptOdds extends RetryHazard {
  /** 2 is the first retry; the last one told, {@link lastToldAttempt}, stands for all from it on. */
  attempt: number;
  withinLeft: number;
}

/** What retries after failures of a class came to; class null: of any. */
export interface RetryOdds extends RetryHazard {
  failureClass: FailureClass | null;
  /** Failures of the class, those included after which nothing followed. */
  failures: number;
  /** Surely below 2 in 100: the upper end of the interval is. */
  isFutile: boolean;
  /** From the first failure on: the chance to succeed within all the attempts that the policy allows. */
  withinLimit: number;
  attempts: AttemptOdds[];
}

/** A class is futile when a retry surely succeeds less often than this. */
const futileBelow = 0.02;

/**
 * A life table of attempts (Kaplan and Meier 1958, by attempt instead of time): of the jobs that failed and made
 * another attempt, the share that succeeded with it, by the class of the failure before and by the attempt's number.
 * Jobs that still wait count for the attempts they made. Classes are pooled towards all retries, the attempts of a class
 * towards the class. `limitOf` gives the attempts that the policy allows; attempts that nobody made add nothing.
 */
export function retryOdds(
  courses: readonly RetryCourse[],
  limitOf: (failureClass: FailureClass | null) => number,
): { all: RetryOdds; classes: RetryOdds[] } {
  const counts = new Map<FailureClass | null, Counts>();
  for (const { failures, end } of courses) {
    for (const [index, failure] of failures.entries()) {
      const isLast = index === failures.length - 1;
      const succeeded = isLast && end === "succeeded";
      for (const key of [null, failure.class]) {
        const count = counts.get(key) ?? { failures: 0, tallies: [] };
        counts.set(key, count);
        count.failures += 1;
        if (isLast && !succeeded) continue;
        const row = Math.min(index + 2, lastToldAttempt) - 2;
        count.tallies[row] = add(count.tallies[row], succeeded);
      }
    }
  }
  const total = jeffreysHazard(sum(counts.get(null)?.tallies ?? []));
  const known = failureClasses.filter((name) => counts.has(name));
  const pooled = poolHazards(
    total.mean,
    known.map((name) => sum(counts.get(name)?.tallies ?? [])),
  );
  return {
    all: toOdds(null, counts.get(null), total, limitOf(null)),
    classes: known
      .map((name, index) => toOdds(name, counts.get(name), pooled[index] ?? total, limitOf(name)))
      .sort((a, b) => b.failures - a.failures),
  };
}

interface Counts {
  failures: number;
  /** By attempt, the second first; a hole where nobody tried. */
  tallies: (RetryTally | undefined)[];
}

function add(tally: RetryTally | undefined, succeeded: boolean): RetryTally {
  return { tried: (tally?.tried ?? 0) + 1, succeeded: (tally?.succeeded ?? 0) + (succeeded ? 1 : 0) };
}

function sum(tallies: readonly (RetryTally | undefined)[]): RetryTally {
  return tallies.reduce<RetryTally>(
    (total, tally) => ({
      tried: total.tried + (tally?.tried ?? 0),
      succeeded: total.succeeded + (tally?.succeeded ?? 0),
    }),
    { tried: 0, succeeded: 0 },
  );
}

function toOdds(
  failureClass: FailureClass | null,
  counts: Counts | undefined,
  hazard: RetryHazard,
  limit: number,
): RetryOdds {
  const tallies = Array.from(counts?.tallies ?? [], (tally) => tally ?? { tried: 0, succeeded: 0 });
  const hazards = poolHazards(hazard.mean, tallies).map((one, index) => ({ ...one, attempt: index + 2 }));
  let failing = 1;
  const attempts = hazards
    .filter(({ tried }) => tried > 0)
    .reverse()
    .map((one): AttemptOdds => {
      if (one.attempt <= limit) failing *= 1 - one.mean;
      return { ...one, withinLeft: 1 - failing };
    })
    .reverse();
  return {
    ...hazard,
    failureClass,
    failures: counts?.failures ?? 0,
    isFutile: hazard.tried > 0 && hazard.high < futileBelow,
    withinLimit: attempts[0]?.withinLeft ?? 0,
    attempts,
  };
}
