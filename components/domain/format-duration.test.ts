import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatAge, formatDuration } from "./format-duration.ts";

describe("formatDuration", () => {
  test.each([
    [0, "0 ms"],
    [420, "420 ms"],
    [4_200, "4.2 s"],
    [48_000, "48 s"],
    [60_000, "1 min"],
    [192_000, "3 min 12 s"],
    [7_500_000, "2 h 5 min"],
    [273_600_000, "3 d 4 h"],
    [-5, "0 ms"],
  ])("tells %d ms as %s", (ms, told) => {
    expect(formatDuration(ms)).toBe(told);
  });
  test("never tells 60 of a unit that has a larger one", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e10, noNaN: true }), (ms) => {
        expect(formatDuration(ms)).not.toMatch(/\b(60 s|60 min|24 h)$/);
      }),
    );
  });
});

describe("formatAge", () => {
  test("rounds down to one unit, so that nothing looks older than it is", () => {
    expect(formatAge(59_999)).toBe("59 s");
    expect(formatAge(3_599_999)).toBe("59 min");
    expect(formatAge(86_399_999)).toBe("23 h");
  });
});
