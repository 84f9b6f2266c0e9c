import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../random.ts";
import { advanceBreaker } from "./advance-breaker.ts";
import { breakerSettingsSchema } from "./breaker-settings.ts";
import { newBreaker } from "./breaker-state.ts";
import { sampleOutcomes } from "./testing/sample-outcomes.ts";

const settings = breakerSettingsSchema.parse({});

describe("any breaker", () => {
  it("holds to its invariants whatever is reported, and its state is plain JSON", () => {
    const counts = fc.record({
      succeeded: fc.nat(30),
      failed: fc.oneof(fc.constant(0), fc.nat(30)),
      refused: fc.oneof(fc.constant(0), fc.nat(30)),
      slow: fc.nat(10),
      overdue: fc.oneof(fc.constant(0), fc.nat(10)),
      firstStarts: fc.nat(30),
      durationMsSum: fc.nat(100_000),
    });
    const step = fc.record({
      counts,
      repeat: fc.integer({ min: 1, max: 20 }),
      stepMs: fc.oneof(fc.constant(100), fc.integer({ min: -5_000, max: 90_000 })),
      waiting: fc.nat(3),
      forced: fc.constantFrom(null, null, null, "open" as const, "closed" as const),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), fc.integer(), (steps, seed) => {
        const random = seededRandom(seed);
        let state = newBreaker(1_000_000);
        let nowMs = 1_000_000;
        for (const { counts: given, repeat, stepMs, waiting, forced } of steps)
          for (let at = 0; at < repeat; at += 1) {
            nowMs = Math.max(0, nowMs + stepMs);
            const outcomes = [sampleOutcomes(nowMs, given)];
            const { gate, ...advance } = advanceBreaker(state, {
              nowMs,
              outcomes,
              waiting,
              settings,
              random,
              forced,
            });
            state = advance.state;
            if (at === 0) expect(JSON.parse(JSON.stringify(state))).toEqual(state);
            expect(gate.state).toBe(state.phase);
            if (forced !== null) expect(gate.state).toBe(forced);
            expect(gate.ratePerSecond === 0).toBe(gate.state === "open" || gate.state === "half-open");
            expect(gate.permits > 0 ? gate.state : "half-open").toBe("half-open");
            expect(gate.burst).toBeGreaterThanOrEqual(1);
            if (gate.ratePerSecond !== null) expect(Number.isFinite(gate.ratePerSecond)).toBe(true);
            expect(advance.acts.length).toBeLessThanOrEqual(2);
          }
      }),
      { numRuns: 50 },
    );
  });
});
