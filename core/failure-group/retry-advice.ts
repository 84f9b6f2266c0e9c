import type { FailureClass } from "../failure/failure-class.ts";
import { sayDuration } from "../say-duration.ts";

/** What is known of a group and of what runs beside it. Counts are of the last `windowMs`. */
export interface RetryFacts {
  class: FailureClass;
  /** Since the last failure of the group, ms. */
  lastFailureAgeMs: number;
  windowMs: number;
  /** Failures of the group. */
  groupFailures: number;
  /** Attempts of the definitions it affects that completed, and that failed in whatever way. */
  completed: number;
  failed: number;
  dependency: string | null;
  /** Failures of any group that name the same dependency; null without one. */
  dependencyFailures: number | null;
  /** Its breaker lets nothing but probes through: what is retried would wait behind it. */
  isHeld: boolean;
  /** A version of an affected definition that is newer than any that failed; null without one. */
  newerVersion: { definition: string; version: number } | null;
}

/** Whether all of a group's jobs may be retried now, with the reason in a sentence and its figures. */
export interface RetryAdvice {
  verdict: "safe" | "wait" | "no";
  because: string;
}

/** A share of success from which a service counts as well again, and the runs it takes to say so. */
const healthyShare = 0.9;
const leastRuns = 5;

const percent = (share: number) => `${Math.round(share * 100)} %`;
const times = (count: number) => (count === 1 ? "once" : `${count} times`);

/**
 * Whether it is safe to retry everything of a group. Failures that need a person (input, permanent, bug, poison) are
 * not made better by running the same job again, unless newer code is live. The others may go when the group has been
 * quiet and the same definitions succeed; without a run to judge by, a few go first,
 * and behind a breaker all would only wait. Pure.
 */
export function adviseRetry(facts: RetryFacts): RetryAdvice {
  return adviseByClass(facts) ?? adviseByHealth(facts);
}

function adviseByClass({ class: failureClass, newerVersion }: RetryFacts): RetryAdvice | null {
  const no = (because: string): RetryAdvice => ({ verdict: "no", because });
  switch (failureClass) {
    case "invalid-input":
      return no("The payload was refused, and a retry sends the same one. Edit the payload, then retry.");
    case "permanent":
      return no("It cannot succeed until somebody acts on the cause. Mend that first, then retry a few.");
    case "poison":
      return no("These jobs took their workers down again and again. Find out why before one of them runs.");
    case "cancelled":
      return no("Somebody cancelled these jobs. Retry those that are still wanted, one by one.");
    case "bug":
      return newerVersion === null
        ? no("The code is wrong and no newer version is live: it would fail the same way.")
        : null;
    default:
      return null;
  }
}

function adviseByHealth(facts: RetryFacts): RetryAdvice {
  const { lastFailureAgeMs, windowMs, groupFailures, completed, failed, dependency, newerVersion } = facts;
  const runs = completed + failed;
  const share = runs === 0 ? 0 : completed / runs;
  const window = sayDuration(windowMs);
  const age = sayDuration(lastFailureAgeMs);
  if (dependency !== null && facts.isHeld)
    return {
      verdict: "wait",
      because: `${dependency} is down, and its breaker holds what calls it${groupFailures > 0 ? `; it failed so ${times(groupFailures)} in the last ${window}, the last ${age} ago` : ""}. What is retried now waits until it answers again.`,
    };
  const succeeded = `${completed} of ${runs} attempts of the same definitions succeeded (${percent(share)}) in the last ${window}`;
  if (groupFailures > 0 && (runs < leastRuns || share < healthyShare))
    return {
      verdict: "wait",
      because: `It still fails: ${times(groupFailures)} in the last ${window}, the last ${age} ago${runs > 0 ? `; ${succeeded}` : ""}.`,
    };
  const others = facts.dependencyFailures ?? 0;
  if (dependency !== null && others > 0 && share < healthyShare)
    return {
      verdict: "wait",
      because: `${dependency} still fails elsewhere: ${times(others)} in the last ${window}.`,
    };
  if (runs < leastRuns)
    return {
      verdict: "wait",
      because: `It last failed ${age} ago, but ${runs === 0 ? "no attempt" : runs === 1 ? "only 1 attempt" : `only ${runs} attempts`} of the same definitions ended in the last ${window}. Retry a few first.`,
    };
  if (share < healthyShare)
    return { verdict: "wait", because: `It last failed ${age} ago, but only ${succeeded}.` };
  const newer =
    newerVersion === null ? "" : ` ${newerVersion.definition} version ${newerVersion.version} is live.`;
  return {
    verdict: "safe",
    because: `${groupFailures > 0 ? "It fails now and then" : `It last failed ${age} ago`}, and ${succeeded}.${newer}`,
  };
}
