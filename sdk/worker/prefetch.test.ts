import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FinishRate, prefetchJobs } from "./prefetch.ts";

describe("how many jobs are held ahead", () => {
  it("is 20 ms of work, none for slow handlers, and never more than 2,000", () => {
    expect([0, 1, 49, 50, 1_000, 20_000].map(prefetchJobs)).toEqual([0, 0, 0, 1, 20, 400]);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (rate) => {
        const jobs = prefetchJobs(rate);
        expect(Number.isInteger(jobs) && jobs >= 0 && jobs <= 2_000).toBe(true);
      }),
    );
  });
});

describe("the rate of finishes", () => {
  it("believes a rise at once and forgets half of it in 50 ms without any", () => {
    const rate = new FinishRate(0);
    rate.add(100);
    expect(rate.perSecond(10)).toBe(10_000);
    expect(rate.perSecond(60)).toBeCloseTo(5_000);
    expect(rate.perSecond(110)).toBeCloseTo(2_500);
  });

  it("judges no span under 2 ms, so that one quick finish is no burst", () => {
    const rate = new FinishRate(0);
    rate.add(5);
    expect(rate.perSecond(1.9)).toBe(0);
    expect(rate.perSecond(10)).toBe(500);
  });

  it("stays at the true rate of steady work, however often it is asked", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 1, max: 200 }), (stepMs, perStep) => {
        const rate = new FinishRate(0);
        let latest = 0;
        for (let step = 1; step <= 50; step++) {
          rate.add(perStep);
          latest = rate.perSecond(step * stepMs);
        }
        expect(latest).toBeCloseTo((perStep / stepMs) * 1_000, 6);
      }),
    );
  });
});
