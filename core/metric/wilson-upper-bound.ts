import { wilsonLowerBound } from "./wilson-lower-bound.ts";

/**
 * Upper end of the Wilson score interval of a share: with `hits` of `trials` seen, the true share is below it with a
 * confidence of 97.5 % (z 1.96). 1 without trials. The mirror of {@link wilsonLowerBound}.
 */
export function wilsonUpperBound(hits: number, trials: number, z = 1.96): number {
  return 1 - wilsonLowerBound(trials - hits, trials, z);
}
