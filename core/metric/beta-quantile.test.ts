import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../random.ts";
import { betaQuantile } from "./beta-quantile.ts";
import { incompleteBeta, logGamma } from "./incomplete-beta.ts";

const shape = fc.double({ min: 0.5, max: 2_000, noNaN: true });
/** Below 1 the density has no bound at the ends, and no step of x is small there. */
const rounded = fc.double({ min: 1, max: 2_000, noNaN: true });
const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });

describe("logGamma", () => {
  it("is the logarithm of the factorial below, and of √π at a half", () => {
    expect(logGamma(1)).toBeCloseTo(0, 12);
    expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 10);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
    expect(logGamma(0.25)).toBeCloseTo(1.2880225246980774, 12);
  });
});

describe("incompleteBeta", () => {
  it.each([
    // Closed forms: x, 1 − (1 − x)^b, x^a, the arcsine law, and 3x² − 2x³.
    [0.3, 1, 1, 0.3],
    [0.1, 1, 20, 1 - 0.9 ** 20],
    [0.9, 12, 1, 0.9 ** 12],
    [0.5, 0.5, 0.5, 0.5],
    [0.25, 0.5, 0.5, (2 / Math.PI) * Math.asin(0.5)],
    [0.2, 2, 2, 3 * 0.04 - 2 * 0.008],
  ])("of %d with shapes %d and %d is %d", (x, a, b, value) => {
    expect(incompleteBeta(x, a, b)).toBeCloseTo(value, 12);
  });

  it("is the chance of at least a hits in a + b − 1 throws", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 15 }),
        fc.integer({ min: 1, max: 15 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (a, b, x) => {
          const throws = a + b - 1;
          let chance = 0;
          for (let hits = a; hits <= throws; hits += 1) {
            const ways = Math.exp(logGamma(throws + 1) - logGamma(hits + 1) - logGamma(throws - hits + 1));
            chance += ways * x ** hits * (1 - x) ** (throws - hits);
          }
          expect(incompleteBeta(x, a, b)).toBeCloseTo(chance, 9);
        },
      ),
    );
  });

  it("mirrors itself, and is 0 and 1 at and beyond the ends", () => {
    fc.assert(
      fc.property(shape, shape, share, (a, b, x) => {
        expect(incompleteBeta(x, a, b)).toBeCloseTo(1 - incompleteBeta(1 - x, b, a), 9);
        expect([-1, 0, 1, 2].map((end) => incompleteBeta(end, a, b))).toEqual([0, 0, 1, 1]);
      }),
    );
  });
});

describe("betaQuantile", () => {
  it.each([
    [0.95, 1, 1, 0.95],
    [0.95, 1, 59, 1 - 0.05 ** (1 / 59)],
    [0.5, 7, 7, 0.5],
    // Tables of the binomial: 90 % Jeffreys interval of 0 in 10.
    [0.05, 10, 1, 0.05 ** (1 / 10)],
  ])("of %d with shapes %d and %d is %d", (at, a, b, value) => {
    expect(betaQuantile(at, a, b)).toBeCloseTo(value, 8);
  });

  it("undoes the incomplete beta function and rises with the share", () => {
    fc.assert(
      fc.property(rounded, rounded, share, (a, b, at) => {
        const x = betaQuantile(at, a, b);
        expect(Math.abs(incompleteBeta(x, a, b) - at)).toBeLessThan(1e-6);
        expect(betaQuantile(at / 2, a, b)).toBeLessThanOrEqual(x);
      }),
    );
  });

  it("the interval of a share after Jeffreys covers the truth in 90 of 100 worlds", () => {
    const random = seededRandom(41);
    const worlds = 2_000;
    let covered = 0;
    for (let world = 0; world < worlds; world += 1) {
      const truth = random();
      let hits = 0;
      for (let trial = 0; trial < 40; trial += 1) if (random() < truth) hits += 1;
      const [a, b] = [hits + 0.5, 40 - hits + 0.5];
      if (betaQuantile(0.05, a, b) <= truth && truth <= betaQuantile(0.95, a, b)) covered += 1;
    }
    expect(covered / worlds).toBeGreaterThan(0.87);
    expect(covered / worlds).toBeLessThan(0.93);
  });
});
