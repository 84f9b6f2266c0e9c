import fc from "fast-check";
import { expect, test } from "vitest";
import { ScanPace } from "./scan-pace.ts";

/** A clock that each look moves on by its cost. */
function clock() {
  let nowMs = 0;
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { monotonicMs: () => nowMs, pass };
}

test("a look whose candidates cost the same each ends within its budget once the first step has", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 100 }),
      fc.double({ min: 0.001, max: 0.2, noNaN: true }),
      (ms, eachMs) => {
        const { monotonicMs, pass } = clock();
        const pace = new ScanPace({ ms, monotonicMs });
        let window: number | null = pace.begin(100, false);
        const firstMs = window * eachMs;
        while (window !== null) {
          pass(window * eachMs);
          window = pace.next(window);
        }
        expect(monotonicMs()).toBeLessThanOrEqual(Math.max(ms, firstMs));
        expect(pace.examined).toBeGreaterThanOrEqual(100);
      },
    ),
  );
});

test("without a budget windows grow fourfold up to their bound, and no more than 20,000 candidates are looked at", () => {
  const pace = new ScanPace(null);
  const windows = [pace.begin(100, false)];
  for (let window = pace.next(100); window !== null; window = pace.next(window)) windows.push(window);
  expect(windows.slice(0, 5)).toEqual([100, 400, 1_600, 4_000, 4_000]);
  expect(pace.examined).toBeGreaterThanOrEqual(20_000);
  expect(pace.examined).toBeLessThan(24_000);
});
