import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findRise } from "./find-rise.ts";

const steady = (length: number, count: number) => new Array<number>(length).fill(count);

describe("a rise", () => {
  it("is found at the bucket in which it began, from nothing and from something", () => {
    expect(findRise([...steady(48, 0), ...steady(12, 9)])).toEqual({ from: 48, before: 0, after: 9 });
    expect(findRise([...steady(40, 5), ...steady(20, 50)])).toMatchObject({ from: 40, before: 5, after: 50 });
  });

  it("is no rise when it is steady, falls, is over, or could be chance", () => {
    expect(findRise(steady(60, 7))).toBeNull();
    expect(findRise([...steady(30, 50), ...steady(30, 5)])).toBeNull();
    expect(findRise([...steady(20, 0), ...steady(10, 40), ...steady(30, 0)])).toBeNull();
    expect(findRise([...steady(59, 0), 1])).toBeNull();
    expect(findRise([])).toBeNull();
  });

  it("always at least doubles, lies inside the series, and still holds", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 60 }), (counts) => {
        const rise = findRise(counts);
        if (rise === null) return;
        expect(rise.after).toBeGreaterThanOrEqual(2 * rise.before);
        expect(rise.from).toBeGreaterThan(0);
        expect(rise.from).toBeLessThan(counts.length);
        expect(Math.max(...counts.slice(-3))).toBeGreaterThan(0);
      }),
    );
  });
});
