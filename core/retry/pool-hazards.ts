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

/** How many attempts' worth the parent may be. */
const strengths = [20, 10, 5, 2, 1] as const;

/** What is known of a chance without a parent: Jeffreys' prior, half an attempt of either end. */
export function jeffreysHazard(tally: RetryTally): RetryHazard {
  return toHazard(tally, 0.5, 1);
}

/**
 * The chances of several kinds of attempt that have something in common: each is a Beta posterior whose prior is the
 * mean of all of them, so that a kind with few attempts is believed to be like the rest. The prior weighs between 20
 * attempts and 1: the mean of 20, 10, 5, 2 and 1, each weighted with the likelihood of the tallies under it
 * (beta-binomial; empirical Bayes, Casella 1985); 20 for an only child. A fixed 20 would hold a class that never succeeds,
 * beside one that mostly does, above 2 % for more than 800 attempts.
 */
export function poolHazards(parentMean: number, tallies: readonly RetryTally[]): RetryHazard[] {
  const strength = poolingStrength(
    parentMean,
    tallies.filter(({ tried }) => tried > 0),
  );
  return tallies.map((tally) => toHazard(tally, parentMean, strength));
}

function poolingStrength(parentMean: number, seen: readonly RetryTally[]): number {
  if (seen.length < 2) return strengths[0];
  const logs = strengths.map((strength) => likelihood(parentMean, strength, seen));
  const best = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - best));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return strengths.reduce((sum, strength, index) => sum + (strength * (weights[index] ?? 0)) / total, 0);
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
