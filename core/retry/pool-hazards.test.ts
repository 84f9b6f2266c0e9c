import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../random.ts";
import { jeffreysHazard, poolHazards, type RetryTally } from "./pool-hazards.ts";

const tally = fc
  .record({ tried: fc.nat({ max: 500 }), part: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ tried, part }): RetryTally => ({ tried, succeeded: Math.round(tried * part) }));
const chance = fc.double({ min: 0.001, max: 0.999, noNaN: true });

describe("poolHazards", () => {
  it("keeps the mean within its interval and between the parent's and the share seen", () => {
    fc.assert(
      fc.property(chance, fc.array(tally, { minLength: 1, maxLength: 8 }), (parent, tallies) => {
        for (const { tried, succeeded, mean, low, high } of poolHazards(parent, tallies)) {
          const seen = tried === 0 ? parent : succeeded / tried;
          expect(mean).toBeGreaterThanOrEqual(Math.min(parent, seen) - 1e-9);
          expect(mean).toBeLessThanOrEqual(Math.max(parent, seen) + 1e-9);
          expect(low).toBeLessThanOrEqual(high);
          expect([low >= 0, high <= 1]).toEqual([true, true]);
        }
      }),
    );
  });

  it("believes a kind that nobody tried to be like the rest", () => {
    const [untried] = poolHazards(0.3, [{ tried: 0, succeeded: 0 }]);
    expect(untried?.mean).toBeCloseTo(0.3, 9);
  });

  it("an only child leans on its parent with the weight of 20 attempts", () => {
    const [only] = poolHazards(0.5, [{ tried: 20, succeeded: 20 }]);
    expect(only?.mean).toBeCloseTo(0.75, 9);
  });

  it("classes that are alike lean on each other, classes that differ hardly do", () => {
    const few = { tried: 4, succeeded: 0 };
    const alike = Array.from({ length: 6 }, () => ({ tried: 200, succeeded: 100 }));
    const apart = [0, 200, 0, 200, 0, 200].map((succeeded) => ({ tried: 200, succeeded }));
    const ofAlike = poolHazards(0.5, [few, ...alike])[0]?.mean ?? 0;
    const ofApart = poolHazards(0.5, [few, ...apart])[0]?.mean ?? 1;
    expect(ofAlike).toBeGreaterThan(0.4);
    expect(ofApart).toBeLessThan(0.15);
  });

  it("does not take a handful of tries for a difference", () => {
    const [eight] = poolHazards(0.11, [
      { tried: 8, succeeded: 0 },
      { tried: 4, succeeded: 0 },
      { tried: 1, succeeded: 1 },
    ]);
    expect(eight?.high).toBeGreaterThan(0.15);
  });

  it("knows after 150 vain retries that a class is below 2 %, beside classes that mostly succeed", () => {
    const [vain] = poolHazards(0.55, [
      { tried: 150, succeeded: 0 },
      { tried: 400, succeeded: 300 },
      { tried: 200, succeeded: 110 },
    ]);
    expect(vain?.high).toBeLessThan(0.02);
  });

  it.each([20, 5, 1])(
    "its intervals cover the truth of 90 in 100 kinds that differ by strength %d",
    (strength) => {
      const random = seededRandom(97 + strength);
      let covered = 0;
      let kinds = 0;
      for (let world = 0; world < 300; world += 1) {
        const truths = Array.from({ length: 6 }, () => drawBeta(strength * 0.4, strength * 0.6, random));
        const tallies = truths.map((truth): RetryTally => {
          let succeeded = 0;
          for (let trial = 0; trial < 40; trial += 1) if (random() < truth) succeeded += 1;
          return { tried: 40, succeeded };
        });
        const total = tallies.reduce((sum, one) => sum + one.succeeded, 0);
        const parent = jeffreysHazard({ tried: 40 * tallies.length, succeeded: total }).mean;
        for (const [index, { low, high }] of poolHazards(parent, tallies).entries()) {
          const truth = truths[index] ?? Number.NaN;
          kinds += 1;
          if (low <= truth && truth <= high) covered += 1;
        }
      }
      expect(covered / kinds).toBeGreaterThan(0.87);
      expect(covered / kinds).toBeLessThan(0.93);
    },
  );
});

/** A draw of Beta(a, b) from two gamma variables (Marsaglia and Tsang 2000; below shape 1 boosted). */
function drawBeta(a: number, b: number, random: () => number): number {
  const [x, y] = [drawGamma(a, random), drawGamma(b, random)];
  return x / (x + y);
}

function drawGamma(shape: number, random: () => number): number {
  if (shape < 1) return drawGamma(shape + 1, random) * random() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const v = (1 + c * normal) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * normal * normal + d * (1 - v + Math.log(v))) return d * v;
  }
}
