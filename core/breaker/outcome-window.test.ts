import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addOutcomes, type OutcomeWindow, outcomeWindowMs, sumOutcomes } from "./outcome-window.ts";
import { sampleOutcomes } from "./testing/sample-outcomes.ts";

describe("the outcome window", () => {
  it("forgets by the clock: after 30 s without a report nothing is left", () => {
    const window = addOutcomes([], sampleOutcomes(1_000, { failed: 7 }), 1_000);
    expect(sumOutcomes(window, 30_999).failed).toBe(7);
    expect(sumOutcomes(window, 31_000).failed).toBe(0);
    expect(addOutcomes(window, sampleOutcomes(40_000, { succeeded: 1 }), 40_000)).toHaveLength(1);
  });

  it("sums the last seconds alone when asked for them", () => {
    let window: OutcomeWindow = [];
    for (const atMs of [10_000, 11_500, 12_100, 12_900])
      window = addOutcomes(window, sampleOutcomes(atMs, { succeeded: 1 }), atMs);
    expect(sumOutcomes(window, 12_950, 1_000).succeeded).toBe(2);
    expect(sumOutcomes(window, 12_950, 2_000).succeeded).toBe(3);
    expect(sumOutcomes(window, 12_950, 3_000).succeeded).toBe(4);
  });

  it("takes a report of a clock that is ahead as of now, and leaves out one that is too old", () => {
    const ahead = addOutcomes([], sampleOutcomes(900_000, { failed: 1 }), 100_000);
    expect(sumOutcomes(ahead, 100_000).failed).toBe(1);
    expect(addOutcomes([], sampleOutcomes(60_000, { failed: 1 }), 100_000)).toEqual([]);
  });

  it("does not depend on the order of reports, and never holds more than 30 seconds", () => {
    const reports = fc.array(
      fc.record({ agoMs: fc.nat(40_000), succeeded: fc.nat(50), failed: fc.nat(50), refused: fc.nat(9) }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(reports, fc.nat(1_000), (drawn, offsetMs) => {
        const nowMs = 1_000_000 + offsetMs;
        const add = (list: typeof drawn) =>
          list.reduce(
            (window, { agoMs, ...counts }) =>
              addOutcomes(window, sampleOutcomes(nowMs - agoMs, counts), nowMs),
            [] as OutcomeWindow,
          );
        const window = add(drawn);
        expect(add([...drawn].reverse())).toEqual(window);
        expect(window.length).toBeLessThanOrEqual(outcomeWindowMs / 1_000);
        const oldest = Math.floor(nowMs / 1_000) - 29;
        const within = drawn.filter(({ agoMs }) => Math.floor((nowMs - agoMs) / 1_000) >= oldest);
        expect(sumOutcomes(window, nowMs).failed).toBe(within.reduce((sum, { failed }) => sum + failed, 0));
      }),
    );
  });
});
