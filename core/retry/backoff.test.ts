import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lawDelayMs, lawRangeMs } from "./backoff.ts";
import type { BackoffLaw } from "./retry-policy.ts";

const delayMs = fc.integer({ min: 0, max: 31_536_000_000 });
const growing: fc.Arbitrary<BackoffLaw> = fc.oneof(
  fc.record({ kind: fc.constant("constant" as const), delayMs }),
  fc
    .record({ kind: fc.constant("linear" as const), baseMs: delayMs, stepMs: delayMs, capMs: delayMs })
    .map((law) => ({ ...law, capMs: Math.max(law.capMs, law.baseMs) })),
  fc
    .record({
      kind: fc.constant("exponential" as const),
      baseMs: fc.integer({ min: 1, max: 31_536_000_000 }),
      factor: fc.double({ min: 1, max: 1_000, noNaN: true }),
      capMs: delayMs,
    })
    .map((law) => ({ ...law, capMs: Math.max(law.capMs, law.baseMs) })),
);
const anyFailures = fc.oneof(
  fc.integer({ min: 1, max: 50 }),
  fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
);

describe("lawDelayMs", () => {
  it("never shrinks with more failures, begins at base and stays under the cap, for any number of them", () => {
    fc.assert(
      fc.property(growing, anyFailures, anyFailures, (law, a, b) => {
        const [fewer, more] = [lawDelayMs(law, Math.min(a, b)), lawDelayMs(law, Math.max(a, b))];
        const { baseMs, capMs } = lawRangeMs(law);
        expect(fewer).toBeLessThanOrEqual(more);
        expect(lawDelayMs(law, 1)).toBe(baseMs);
        expect(fewer).toBeGreaterThanOrEqual(baseMs);
        expect(more).toBeLessThanOrEqual(capMs);
      }),
    );
  });

  it("doubles exactly, without the dust of logarithms, and reaches the cap", () => {
    const law: BackoffLaw = { kind: "exponential", baseMs: 1_000, factor: 2, capMs: 600_000 };
    const delays = Array.from({ length: 12 }, (_, i) => lawDelayMs(law, i + 1));
    expect(delays).toEqual([1e3, 2e3, 4e3, 8e3, 16e3, 32e3, 64e3, 128e3, 256e3, 512e3, 600e3, 600e3]);
  });

  it("does not overflow where a power would", () => {
    const law: BackoffLaw = { kind: "exponential", baseMs: 1, factor: 1_000, capMs: 31_536_000_000 };
    for (const failures of [104, 1_000, 1e9, Number.MAX_SAFE_INTEGER]) {
      expect(lawDelayMs(law, failures)).toBe(31_536_000_000);
    }
  });

  it("adds a step a failure, and takes the k-th entry of a list or the last", () => {
    const linear: BackoffLaw = { kind: "linear", baseMs: 100, stepMs: 50, capMs: 220 };
    expect([1, 2, 3, 4, 99].map((k) => lawDelayMs(linear, k))).toEqual([100, 150, 200, 220, 220]);
    const list: BackoffLaw = { kind: "list", delaysMs: [5, 1, 7] };
    expect([1, 2, 3, 4, 1_000].map((k) => lawDelayMs(list, k))).toEqual([5, 1, 7, 7, 7]);
    expect(lawRangeMs(list)).toEqual({ baseMs: 5, capMs: 7 });
  });
});
