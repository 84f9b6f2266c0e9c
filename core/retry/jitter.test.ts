import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../random.ts";
import { type JitterInput, jitterDelayMs } from "./jitter.ts";
import { type JitterKind, jitterKinds } from "./jitter-kind.ts";

const input: Omit<JitterInput, "random"> = {
  delayMs: 8_000,
  minDelayMs: 500,
  baseMs: 1_000,
  capMs: 60_000,
  previousDelayMs: 4_000,
};

function sample(jitter: JitterKind, change: Partial<JitterInput> = {}, count = 40_000): number[] {
  const random = seededRandom(42);
  return Array.from({ length: count }, () => jitterDelayMs(jitter, { ...input, random, ...change }));
}

/** Mean and standard deviation against those of the uniform distribution on [low, high], to 2 % of its width. */
function expectUniform(values: number[], low: number, high: number): void {
  const width = high - low;
  const mean = values.reduce((a, b) => a + b) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
  expect(Math.abs(mean - (low + high) / 2)).toBeLessThan(0.02 * width);
  expect(Math.abs(deviation - width / Math.sqrt(12))).toBeLessThan(0.02 * width);
  const quarters = [0, 0, 0, 0];
  expect(values.every((value) => value >= low && value <= high)).toBe(true);
  for (const value of values) {
    const quarter = Math.min(3, Math.floor(((value - low) / width) * 4));
    quarters[quarter] = (quarters[quarter] ?? 0) + 1;
  }
  for (const count of quarters) expect(Math.abs(count / values.length - 0.25)).toBeLessThan(0.02);
}

describe("jitterDelayMs", () => {
  it("none gives the delay itself and draws nothing", () => {
    const random = () => {
      throw new Error("drew a number");
    };
    expect(jitterDelayMs("none", { ...input, random })).toBe(8_000);
  });

  it("full is uniform from the floor to the delay", () => {
    expectUniform(sample("full"), 500, 8_000);
    expectUniform(sample("full", { minDelayMs: 0 }), 0, 8_000);
  });

  it("equal is uniform over the upper half of the delay", () => {
    expectUniform(sample("equal"), 4_000, 8_000);
  });

  it("decorrelated is uniform from base to three times the last, and starts at base", () => {
    expectUniform(sample("decorrelated"), 1_000, 12_000);
    expectUniform(sample("decorrelated", { previousDelayMs: null }), 1_000, 3_000);
  });

  it("decorrelated that would pass the cap stays at the cap, with the share of draws beyond it", () => {
    const values = sample("decorrelated", { capMs: 6_500 });
    const atCap = values.filter((value) => value === 6_500).length / values.length;
    expect(Math.abs(atCap - 0.5)).toBeLessThan(0.02);
    expectUniform(
      values.filter((value) => value < 6_500),
      1_000,
      6_500,
    );
  });

  it("a walk of decorrelated jitter grows from base, never leaves base…cap and comes near the cap", () => {
    const random = seededRandom(3);
    const walks = Array.from({ length: 500 }, () => {
      let previousDelayMs: number | null = null;
      return Array.from({ length: 12 }, () => {
        const drawn: number = jitterDelayMs("decorrelated", { ...input, previousDelayMs, random });
        previousDelayMs = drawn;
        return drawn;
      });
    });
    expect(walks.flat().every((value) => value >= 1_000 && value <= 60_000)).toBe(true);
    const meanOf = (step: number) => walks.reduce((sum, walk) => sum + (walk[step] ?? 0), 0) / walks.length;
    expect(Math.abs(meanOf(0) - 2_000)).toBeLessThan(100);
    // E[U(base, 3s)] = (base + 3s)/2: 2 s, then 3.5 s, then 5.75 s until the cap bends it.
    expect(Math.abs(meanOf(1) - 3_500)).toBeLessThan(250);
    expect(meanOf(11)).toBeGreaterThan(15_000);
  });

  it("full lifts a delay that is shorter than the floor to the floor", () => {
    expect(new Set(sample("full", { delayMs: 100 }, 50))).toEqual(new Set([500]));
  });

  it("stays within its bounds for every input", () => {
    const ms = fc.double({ min: 0, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom(...jitterKinds),
        ms,
        ms,
        ms,
        ms,
        fc.integer(),
        (jitter, a, b, c, d, seed) => {
          const [baseMs, capMs] = [Math.min(a, b), Math.max(a, b)];
          const got = jitterDelayMs(jitter, {
            delayMs: c,
            minDelayMs: d,
            baseMs,
            capMs,
            previousDelayMs: null,
            random: seededRandom(seed),
          });
          const bounds = {
            none: [c, c],
            full: [d, Math.max(c, d)],
            equal: [c / 2, c],
            decorrelated: [baseMs, capMs],
          }[jitter];
          expect(got).toBeGreaterThanOrEqual(bounds[0] ?? 0);
          expect(got).toBeLessThanOrEqual(bounds[1] ?? 0);
        },
      ),
    );
  });
});
