import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AdmissionFacts, admit } from "./admit.ts";
import { pressureLevels } from "./pressure-level.ts";

const facts = (more: Partial<AdmissionFacts> = {}): AdmissionFacts => ({
  ...{ queue: "q", rank: 2, sheddable: false, level: "green", waitMs: 0, budgetMs: 60_000 },
  ...{ thresholds: null, depth: 0, oldestMs: 0, startsPerSecond: 0 },
  ...more,
});
const least = () => 0;
const decide = (more: Partial<AdmissionFacts>) => admit(facts(more), least);

describe("admission", () => {
  it("accepts without a word while there is no pressure", () => {
    expect(decide({ sheddable: true })).toEqual({ kind: "accept", signal: null, cause: null });
  });

  it("accepts under yellow, and says how long to pause until half of the budget is met again", () => {
    expect(decide({ level: "yellow", waitMs: 55_000, sheddable: true })).toEqual({
      kind: "accept",
      signal: { level: "yellow", waitMs: 55_000, paceMs: 25_000 },
      cause: "predicted-wait",
    });
  });

  it("refuses under red what is sheddable, until the predicted wait is within the budget", () => {
    expect(decide({ level: "red", waitMs: 100_000, sheddable: true })).toMatchObject({
      kind: "reject",
      cause: "predicted-wait",
      retryAfterMs: 40_000,
      because: expect.stringContaining("sheddable"),
    });
  });

  it("never refuses for a predicted wait what is not marked sheddable, nor critical jobs", () => {
    expect(decide({ level: "red", waitMs: 1e9 })).toMatchObject({ kind: "accept", signal: { level: "red" } });
    expect(decide({ level: "red", waitMs: 1e9, sheddable: true, rank: 0 })).toMatchObject({ kind: "accept" });
  });

  it("takes critical jobs only while the storage is at its limit", () => {
    expect(decide({ level: "black" })).toMatchObject({
      kind: "reject",
      cause: "storage",
      retryAfterMs: 30_000,
    });
    expect(decide({ level: "black", rank: 0 })).toMatchObject({ kind: "accept", signal: { level: "black" } });
  });

  it("closes a queue at its depth, and says when the excess is likely to have started", () => {
    const thresholds = { maxDepth: 100, maxOldestMs: null, action: "reject" } as const;
    expect(decide({ thresholds, depth: 99 }).kind).toBe("accept");
    expect(decide({ thresholds, depth: 109, startsPerSecond: 2 })).toMatchObject({
      kind: "reject",
      cause: "depth",
      retryAfterMs: 5_000,
    });
    expect(decide({ thresholds, depth: 100 })).toMatchObject({ retryAfterMs: 5_000 });
    expect(decide({ thresholds, depth: 100, rank: 0 })).toMatchObject({ kind: "reject" });
  });

  it("closes a queue at the age of its oldest job", () => {
    const thresholds = { maxDepth: null, maxOldestMs: 60_000, action: "reject" } as const;
    expect(decide({ thresholds, oldestMs: 59_999, depth: 1e6 }).kind).toBe("accept");
    expect(decide({ thresholds, oldestMs: 70_000 })).toMatchObject({ cause: "oldest", retryAfterMs: 10_000 });
  });

  it("only says so where a queue is set to signal", () => {
    const thresholds = { maxDepth: 1, maxOldestMs: null, action: "signal" } as const;
    expect(decide({ thresholds, depth: 5, startsPerSecond: 1 })).toEqual({
      kind: "accept",
      signal: { level: "yellow", waitMs: 0, paceMs: 5_000 },
      cause: "depth",
    });
  });

  it("spreads the refused over a quarter more than the time they are told", () => {
    const refused = facts({ level: "red", waitMs: 100_000, sheddable: true });
    expect(admit(refused, () => 0.999)).toMatchObject({ retryAfterMs: expect.closeTo(50_000, -2) });
  });

  it("always gives a refused submit a time between a second and five minutes", () => {
    const any = fc.record({
      rank: fc.integer({ min: 0, max: 4 }),
      sheddable: fc.boolean(),
      level: fc.constantFrom(...pressureLevels),
      waitMs: fc.option(fc.double({ min: 0, max: 1e12, noNaN: true })),
      thresholds: fc.option(
        fc.record({
          maxDepth: fc.option(fc.integer({ min: 1, max: 1e6 })),
          maxOldestMs: fc.option(fc.integer({ min: 1_000, max: 1e8 })),
          action: fc.constantFrom("reject" as const, "signal" as const),
        }),
      ),
      depth: fc.integer({ min: 0, max: 1e7 }),
      oldestMs: fc.double({ min: 0, max: 1e10, noNaN: true }),
      startsPerSecond: fc.double({ min: 0, max: 1e5, noNaN: true }),
    });
    fc.assert(
      fc.property(any, fc.double({ min: 0, max: 0.999, noNaN: true }), (more, chance) => {
        const admission = admit(facts(more), () => chance);
        if (admission.kind === "accept") return;
        expect(admission.retryAfterMs).toBeGreaterThanOrEqual(1_000);
        expect(admission.retryAfterMs).toBeLessThanOrEqual(300_000);
        expect(admission.because).not.toBe("");
      }),
    );
  });
});
