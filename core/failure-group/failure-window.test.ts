import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutWindow, failureWindows } from "./failure-window.ts";

describe("a window", () => {
  it("covers at least what its name says, less than a grain more, and its newest part lies in it", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...failureWindows),
        fc.integer({ min: 2e12, max: 3e12 }),
        (window, nowMs) => {
          const { fromMs, recentFromMs, spanMs, grainMs, bucketMs } = cutWindow(window, nowMs);
          expect(nowMs - fromMs).toBeGreaterThanOrEqual(spanMs);
          expect(nowMs - fromMs).toBeLessThan(spanMs + grainMs);
          expect(fromMs % grainMs).toBe(0);
          expect(bucketMs % grainMs).toBe(0);
          expect(recentFromMs).toBeGreaterThan(fromMs);
          expect(recentFromMs).toBeLessThan(nowMs);
        },
      ),
    );
  });

  it("is drawn with at most 40 bars", () => {
    for (const window of failureWindows) {
      const { spanMs, bucketMs } = cutWindow(window, 2e12);
      expect(spanMs / bucketMs).toBeLessThanOrEqual(40);
    }
  });
});
