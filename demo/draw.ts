import type { Random } from "#core/clock.ts";

/** A number drawn evenly from [low, high). */
export function drawBetween(random: Random, low: number, high: number): number {
  return low + random() * (high - low);
}

/** A whole number drawn evenly from low to high, both included. */
export function drawWhole(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

/** One of the items, each as likely as the next. Throws RangeError for an empty list. */
export function drawOne<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError("nothing to draw from: the list is empty");
  return item;
}

/** One of the items, each as likely as its weight says. Throws RangeError when no weight is above 0. */
export function drawWeighted<Item extends { weight: number }>(random: Random, items: readonly Item[]): Item {
  const total = items.reduce((sum, item) => sum + item.weight, 0);
  let left = random() * total;
  for (const item of items) {
    left -= item.weight;
    if (left < 0) return item;
  }
  throw new RangeError("nothing to draw from: no item has a weight above 0");
}

/**
 * How many independent arrivals fall into a span whose mean is `mean`: a Poisson draw by Knuth's product of
 * uniforms, cut into steps of at most 30 so that exp(−mean) cannot underflow.
 */
export function drawPoisson(random: Random, mean: number): number {
  let count = 0;
  for (let left = mean; left > 0; left -= 30) {
    const floor = Math.exp(-Math.min(left, 30));
    for (let product = random(); product > floor; product *= random()) count += 1;
  }
  return count;
}
