import { incompleteBeta } from "./incomplete-beta.ts";

const precision = 1e-10;

/**
 * The value below which a Beta(a, b) variable lies with chance `share` (0…1), to 1e-10; a and b > 0. By bisection of
 * {@link incompleteBeta}, which rises with x: it cannot fail, whatever the shape.
 */
export function betaQuantile(share: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  while (high - low > precision) {
    const middle = (low + high) / 2;
    if (incompleteBeta(middle, a, b) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
