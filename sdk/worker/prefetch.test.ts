import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FinishRate, prefetchJobs } from "./prefetch.ts";

describe("how many jobs are held ahead", () => {
  it("is 20 ms of work, none for slow handlers, and never more than 2,000", () => {
    const quick = [0, 1, 49, 50, 1_000, 20_000].map((rate) => prefetchJobs(rate, 20, 0));
    expect(quick).toEqual([0, 0, 0, 1, 20, 400]);
    const any = fc.double({ min: 0, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 1_000 }), any, (rate, slots, meanMs) => {
        const jobs = prefetchJobs(rate, slots, meanMs);
        expect(Number.isInteger(jobs) && jobs >= 0 && jobs <= 2_000).toBe(true);
      }),
    );
  });
});

describe("jobs that end together", () => {
  it("are no sign of quick work: no more is held than the slots do in 20 ms at what an attempt takes", () => {
    const rate = new FinishRate(0);
    for (let job = 0; job < 20; job++) rate.add(50);
    expect(rate.perSecond(2)).toBe(10_000);
    expect(prefetchJobs(rate.perSecond(2), 20, rate.meanMs)).toBe(8);
  });
});

describe("the rate of finishes", () => {
  it("believes a rise at once and forgets half of it in 50 ms without any", () => {
    const rate = new FinishRate(0);
    for (let job = 0; job < 100; job++) rate.add(0);
    expect(rate.perSecond(10)).toBe(10_000);
    expect(rate.perSecond(60)).toBeCloseTo(5_000);
    expect(rate.perSecond(110)).toBeCloseTo(2_500);
  });

  it("judges no span under 2 ms, so that one quick finish is no burst", () => {
    const rate = new FinishRate(0);
    for (let job = 0; job < 5; job++) rate.add(0);
    expect(rate.perSecond(1.9)).toBe(0);
    expect(rate.perSecond(10)).toBe(500);
  });

  it("stays at the true rate of steady work, however often it is asked", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 1, max: 200 }), (stepMs, perStep) => {
        const rate = new FinishRate(0);
        let latest = 0;
        for (let step = 1; step <= 50; step++) {
          for (let job = 0; job < perStep; job++) rate.add(0);
          latest = rate.perSecond(step * stepMs);
        }
        expect(latest).toBeCloseTo((perStep / stepMs) * 1_000, 6);
      }),
    );
  });
});
