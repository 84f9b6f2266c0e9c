import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { slotsFor } from "./reserve-slots.ts";

describe("slotsFor", () => {
  it.each([
    { concurrency: 20, runningOther: 0, free: 20, max: 20, maxOther: 18 },
    { concurrency: 20, runningOther: 17, free: 3, max: 3, maxOther: 1 },
    { concurrency: 20, runningOther: 18, free: 2, max: 2, maxOther: 0 },
    { concurrency: 20, runningOther: 0, free: 2, max: 2, maxOther: 2 },
    { concurrency: 10, runningOther: 9, free: 1, max: 1, maxOther: 0 },
    { concurrency: 9, runningOther: 8, free: 1, max: 1, maxOther: 1 },
    { concurrency: 1, runningOther: 0, free: 1, max: 1, maxOther: 1 },
  ])("a tenth of $concurrency slots: $runningOther others running, $free free", (row) => {
    expect(slotsFor({ ...row, reservedShare: 0.1 })).toEqual({ max: row.max, maxOther: row.maxOther });
  });

  it("reserves one of ten even for a small share, and none for no share", () => {
    expect(slotsFor({ concurrency: 12, runningOther: 0, free: 12, reservedShare: 0.01 }).maxOther).toBe(11);
    expect(slotsFor({ concurrency: 12, runningOther: 0, free: 12, reservedShare: 0 }).maxOther).toBe(12);
    expect(slotsFor({ concurrency: 100, runningOther: 0, free: 100, reservedShare: 0.29 }).maxOther).toBe(71);
  });

  it("is never negative, never more than free, and never keeps an idle worker from any class", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.nat(600),
        fc.nat(600),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        (concurrency, runningOther, free, reservedShare) => {
          const { max, maxOther } = slotsFor({ concurrency, runningOther, free, reservedShare });
          expect(maxOther).toBeGreaterThanOrEqual(0);
          expect(maxOther).toBeLessThanOrEqual(max);
          expect(max).toBeLessThanOrEqual(free);
          const idle = slotsFor({ concurrency, runningOther: 0, free: concurrency, reservedShare });
          expect(idle.maxOther).toBeGreaterThanOrEqual(1);
          expect(idle.max - idle.maxOther).toBeLessThanOrEqual(Math.max(1, concurrency * 0.5));
        },
      ),
    );
  });
});
