import fc from "fast-check";
import { expect, test } from "vitest";
import { timeTicks } from "./time-ticks.ts";

const hourMs = 3_600_000;

test("an axis over a day is labelled every four hours, one over a quarter of an hour every three minutes", () => {
  const fromMs = Date.UTC(2026, 0, 5, 9, 21);
  expect(timeTicks(fromMs, fromMs + 24 * hourMs).map((at) => new Date(at).getUTCHours())).toEqual([
    12, 16, 20, 0, 4, 8,
  ]);
  expect(timeTicks(fromMs, fromMs + hourMs / 4).map((at) => new Date(at).getUTCMinutes())).toEqual([
    21, 24, 27, 30, 33,
  ]);
});

test("labels are few, even, and stand within the axis", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4e12 }),
      fc.integer({ min: 60_000, max: 1e10 }),
      (fromMs, spanMs) => {
        const ticks = timeTicks(fromMs, fromMs + spanMs);
        expect(ticks.length).toBeLessThanOrEqual(7);
        for (const [index, at] of ticks.entries()) {
          expect(at).toBeGreaterThanOrEqual(fromMs);
          expect(at).toBeLessThan(fromMs + spanMs);
          if (index > 1)
            expect(at - (ticks[index - 1] as number)).toBe((ticks[1] as number) - (ticks[0] as number));
        }
      },
    ),
  );
});
