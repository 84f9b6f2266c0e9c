import fc from "fast-check";
import { expect, it } from "vitest";
import { forecastHeld } from "./forecast-held.ts";

const backlog = { waiting: 1_000, runMs: 20, slots: 10, maxRunning: null, rateLimit: null };

it("is the work of the backlog spread over the slots", () => {
  expect(forecastHeld(backlog)).toBe(2_000);
});

it("is bounded by the cap and by the rate limit", () => {
  expect(forecastHeld({ ...backlog, maxRunning: 5 })).toBe(4_000);
  expect(forecastHeld({ ...backlog, maxRunning: 50 })).toBe(2_000);
  expect(forecastHeld({ ...backlog, rateLimit: { count: 100, perMs: 1_000 } })).toBe(10_000);
});

it("says nothing where no run is known or nothing could run", () => {
  expect(forecastHeld({ ...backlog, runMs: null })).toBeNull();
  expect(forecastHeld({ ...backlog, slots: 0 })).toBeNull();
  expect(forecastHeld({ ...backlog, maxRunning: 0 })).toBeNull();
});

it("never grows shorter with more jobs, nor longer with more slots", () => {
  const some = fc.integer({ min: 1, max: 100_000 });
  fc.assert(
    fc.property(some, some, some, (waiting, slots, runMs) => {
      const told = (more: Partial<typeof backlog>) =>
        forecastHeld({ ...backlog, waiting, slots, runMs, ...more }) ?? Number.NaN;
      expect(told({ waiting: waiting + 1 })).toBeGreaterThanOrEqual(told({}));
      expect(told({ slots: slots + 1 })).toBeLessThanOrEqual(told({}));
    }),
  );
});
