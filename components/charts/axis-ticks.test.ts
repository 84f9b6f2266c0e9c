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

  it("of a logarithmic one are durations that are round on a clock", () => {
    expect(logTicks(3, 461)).toEqual([2, 10, 100, 500]);
    expect(logTicks(1, 521_000)).toEqual([1, 10, 100, 1_000, 10_000, 60_000, 600_000]);
    expect(logTicks(0.5, 1_000)).toEqual([0.5, 10, 100, 1_000]);
    expect(logTicks(5, 5)).toEqual([5]);
  });

  it("of a logarithmic one hold all there is, rise, and keep their distance", () => {
    const spans = fc.double({ min: 0.01, max: 1e11, noNaN: true });
    fc.assert(
      fc.property(spans, spans, (a, b) => {
        const [least, top] = [Math.min(a, b), Math.max(a, b)];
        const ticks = logTicks(least, top);
        expect(ticks[0]).toBeLessThanOrEqual(least * (1 + 1e-6));
        if (ticks.length > 1) expect(ticks.at(-1)).toBeGreaterThanOrEqual(top * (1 - 1e-6));
        const span = Math.log((ticks.at(-1) as number) / (ticks[0] as number));
        for (const [index, tick] of ticks.slice(1).entries())
          expect(Math.log(tick / (ticks[index] as number)) / span).toBeGreaterThan(0.12);
      }),
    );
  });
});
