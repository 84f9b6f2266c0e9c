import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wilsonLowerBound } from "./wilson-lower-bound.ts";
import { wilsonUpperBound } from "./wilson-upper-bound.ts";

describe("wilsonUpperBound", () => {
  it("knows nothing without trials", () => {
    expect(wilsonUpperBound(0, 0)).toBe(1);
  });

  it("agrees with the published interval of 81 hits in 263 trials: 0.2553 to 0.3662", () => {
    expect(wilsonUpperBound(81, 263)).toBeCloseTo(0.3662, 4);
    expect(wilsonLowerBound(81, 263)).toBeCloseTo(0.2553, 4);
  });

  it("lies above the share, the lower bound below it, both within 0 and 1", () => {
    fc.assert(
      fc.property(
        fc.nat(10_000),
        fc.nat(10_000),
        fc.double({ min: 0.5, max: 4, noNaN: true }),
        (hits, misses, z) => {
          const trials = hits + misses;
          fc.pre(trials > 0);
          const share = hits / trials;
          const low = wilsonLowerBound(hits, trials, z);
          const high = wilsonUpperBound(hits, trials, z);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
          expect(low).toBeLessThanOrEqual(share + 1e-12);
          expect(high).toBeGreaterThanOrEqual(share - 1e-12);
        },
      ),
    );
  });
});
