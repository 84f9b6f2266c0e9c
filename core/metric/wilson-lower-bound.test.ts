import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wilsonLowerBound } from "./wilson-lower-bound.ts";

describe("the Wilson lower bound", () => {
  it("has the published value for 8 of 10", () => {
    expect(wilsonLowerBound(8, 10)).toBeCloseTo(0.4901, 3);
  });

  it("lies in [0, share], and rises with the hits and with the trials at the same share", () => {
    const hits = fc.integer({ min: 0, max: 500 });
    fc.assert(
      fc.property(hits, fc.integer({ min: 1, max: 500 }), (hit, more) => {
        const trials = hit + more;
        const bound = wilsonLowerBound(hit, trials);
        expect(bound).toBeGreaterThanOrEqual(0);
        expect(bound).toBeLessThanOrEqual(hit / trials + 1e-9);
        expect(wilsonLowerBound(hit + 1, trials)).toBeGreaterThan(bound);
        expect(wilsonLowerBound(hit * 2, trials * 2)).toBeGreaterThanOrEqual(bound - 1e-9);
      }),
    );
  });

  it("says nothing without trials", () => {
    expect(wilsonLowerBound(0, 0)).toBe(0);
  });
});
