import { betaQuantile } from "../metric/beta-quantile.ts";
import { logBeta } from "../metric/incomplete-beta.ts";

/** Attempts made, and how many of them succeeded. */
export interface RetryTally {
  tried: number;
  succeeded: number;
}

/** The chance that an attempt succeeds: the mean of what is believed of it and the ends of its 90 % interval, 0…1. */
export interface RetryHazard extends RetryTally {
  mean: number;
  low: number;
  high: number;
}

/** Of how many attempts' worth the parent is at most; the least of these that the children bear out is taken. */
const strengths = [20, 10, 5, 2, 1] as const;

/** What is known of a chance without a parent: Jeffreys' prior, half an attempt of either end. */
export function jeffreysHazard(tally: RetryTally): RetryHazard {
  return toHazard(tally, 0.5, 1);
}

/**
 * The chances of several kinds of attempt that have something in common: each is a Beta posterior whose prior is the
 * mean of all of them, so that a kind with few attempts is believed to be like the rest. The prior weighs 20 attempts,
 * or 10, 5, 2 or 1: of these the one under which the tallies are likeliest (marginal likelihood of the
 * beta-binomial; empirical Bayes, Casella 1985). A fixed 20 would hold a class that never succeeds, beside one that
 * mostly does, above 2 % for more than 800 attempts.
 */
export function poolHazards(parentMean: number, tallies: readonly RetryTally[]): RetryHazard[] {
  const seen = tallies.filter(({ tried }) => tried > 0);
  const likeliest =
    seen.length < 2
      ? strengths[0]
      : strengths.reduce((best, strength) =>
          likelihood(parentMean, strength, seen) > likelihood(parentMean, best, seen) ? strength : best,
        );
  return tallies.map((tally) => toHazard(tally, parentMean, likeliest));
}

function likelihood(mean: number, strength: number, tallies: readonly RetryTally[]): number {
  const [a, b] = [strength * mean, strength * (1 - mean)];
  return tallies.reduce(
    (sum, { tried, succeeded }) => sum + logBeta(a + succeeded, b + tried - succeeded) - logBeta(a, b),
    0,
  );
}

function toHazard({ tried, succeeded }: RetryTally, priorMean: number, strength: number): RetryHazard {
  const a = strength * priorMean + succeeded;
  const b = strength * (1 - priorMean) + tried - succeeded;
  return {
    tried,
    succeeded,
    mean: a / (a + b),
    low: betaQuantile(0.05, a, b),
    high: betaQuantile(0.95, a, b),
  };
}
