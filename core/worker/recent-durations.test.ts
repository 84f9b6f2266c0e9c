import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RecentDurations } from "./recent-durations.ts";

describe("recent durations", () => {
  it("say nothing of the tail until there are eight", () => {
    const durations = new RecentDurations();
    expect(durations.meanMs).toBeNull();
    for (let n = 1; n <= 7; n++) durations.add(n);
    expect(durations.p95Ms).toBeNull();
    expect(durations.meanMs).toBe(4);
    durations.add(100);
    expect(durations.p95Ms).toBe(100);
  });

  it("forget what is more than 64 durations ago", () => {
    const durations = new RecentDurations();
    for (let n = 0; n < 64; n++) durations.add(10_000);
    for (let n = 0; n < 64; n++) durations.add(10);
    expect(durations.meanMs).toBe(10);
    expect(durations.p95Ms).toBe(10);
  });

  it("have a tail that is one of the durations, and no shorter than nine tenths of them", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 8, maxLength: 64 }),
        (all) => {
          const durations = new RecentDurations();
          for (const each of all) durations.add(each);
          // Asked once only, so that nothing stands from before.
          const p95Ms = durations.p95Ms ?? Number.NaN;
          expect(all).toContain(p95Ms);
          expect(all.filter((each) => each <= p95Ms).length).toBeGreaterThanOrEqual(all.length * 0.9);
        },
      ),
    );
  });
});
