import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { axisTicks, logTicks } from "./axis-ticks.ts";

describe("the ticks of an axis", () => {
  it("begin at 0, reach the top, rise in equal steps and are few", () => {
    const tops = fc.double({ min: 0.001, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(tops, fc.boolean(), (top, whole) => {
        const ticks = axisTicks(top, 4, whole);
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(top * (1 - 1e-6));
        expect(ticks.length).toBeLessThanOrEqual(5);
        const step = ticks[1] as number;
        for (const [index, tick] of ticks.entries()) expect(tick).toBeCloseTo(index * step, 6);
        if (whole) expect(ticks.every(Number.isInteger)).toBe(true);
      }),
    );
  });

  it("are readable figures", () => {
    expect(axisTicks(13, 3, true)).toEqual([0, 5, 10, 15]);
    expect(axisTicks(0, 3, true)).toEqual([0, 1]);
    expect(axisTicks(0.7, 3, false)).toEqual([0, 0.25, 0.5, 0.75]);
  });

  it("of a logarithmic one are its ends and the powers of ten between", () => {
    expect(logTicks(3, 2_500)).toEqual([3, 10, 100, 1_000, 2_500]);
    expect(logTicks(5, 5)).toEqual([5]);
  });
});
