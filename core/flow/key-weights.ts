/** Shares of the concurrency keys of a fair queue beside each other, by key; a key that is not there has weight 1. */
export type KeyWeights = Readonly<Record<string, number>>;

/** A change of weights: null takes the weight of a key off, and in place of all of them, that of every key. */
export type KeyWeightsChange = Readonly<Record<string, number | null>> | null;

/** Weight of a key that has none of its own. */
export const standardWeight = 1;
export const leastWeight = 0.1;
export const mostWeight = 100;
/** Most keys of a queue with a weight of their own: what many keys have in common is the standard. */
export const mostWeightedKeys = 500;

/** The weights after a change. A key that is given the standard has no weight of its own any more. */
export function changeKeyWeights(before: KeyWeights, change: KeyWeightsChange): KeyWeights {
  if (change === null) return {};
  const weights = new Map(Object.entries(before));
  for (const [key, weight] of Object.entries(change)) {
    if (weight === null || weight === standardWeight) weights.delete(key);
    else weights.set(key, weight);
  }
  return Object.fromEntries(weights);
}

/** The weight of a key. */
export function weightOf(weights: KeyWeights, key: string): number {
  return Object.hasOwn(weights, key) ? (weights[key] ?? standardWeight) : standardWeight;
}
