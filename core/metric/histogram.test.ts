import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../random.ts";
import { bucketOf, emptyCounts, latencyBucketsMs, meanMs, mergeCounts, percentileMs } from "./histogram.ts";

const anyLatencies = fc.array(fc.double({ min: 0, max: 5_000_000, noNaN: true }), {
  minLength: 1,
  maxLength: 80,
});

function histogram(latenciesMs: readonly number[]): number[] {
  const counts = emptyCounts();
  for (const latencyMs of latenciesMs) counts[bucketOf(latencyMs)] = (counts[bucketOf(latencyMs)] ?? 0) + 1;
  return counts;
}

describe("latency histogram", () => {
  it("has 23 rising bounds from 1 ms to 1 h and one bucket beyond", () => {
    expect(latencyBucketsMs).toHaveLength(23);
    expect([latencyBucketsMs[0], latencyBucketsMs.at(-1)]).toEqual([1, 3_600_000]);
    expect(latencyBucketsMs.every((bound, i) => i === 0 || bound > (latencyBucketsMs[i - 1] ?? 0))).toBe(
      true,
    );
    expect(emptyCounts()).toHaveLength(24);
  });

  it("puts each latency into the first bucket whose bound is not below it", () => {
    expect([0, 0.3, 1, 1.01, 2, 3, 1_024, 3_600_000, 3_600_001].map(bucketOf)).toEqual([
      0, 0, 0, 1, 1, 2, 10, 22, 23,
    ]);
    expect([-5, Number.NaN].map(bucketOf)).toEqual([0, 0]);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 3_600_000, noNaN: true }), (latencyMs) => {
        const bucket = bucketOf(latencyMs);
        expect(latencyMs).toBeLessThanOrEqual(latencyBucketsMs[bucket] ?? 0);
        if (bucket > 0) expect(latencyMs).toBeGreaterThan(latencyBucketsMs[bucket - 1] ?? 0);
      }),
    );
  });

  it("merges to what one histogram of all would be", () => {
    fc.assert(
      fc.property(anyLatencies, anyLatencies, (a, b) => {
        expect(mergeCounts(histogram(a), histogram(b))).toEqual(histogram([...a, ...b]));
      }),
    );
    expect(mergeCounts([1], [2, 3])).toEqual([3, 3, ...new Array(22).fill(0)]);
    expect(mergeCounts()).toEqual(emptyCounts());
  });

  it("gives a mean within a factor of 1.42 of the exact one, and none of nothing", () => {
    const latencies = fc.array(fc.double({ min: 1.01, max: 3_600_000, noNaN: true }), {
      minLength: 1,
      maxLength: 80,
    });
    fc.assert(
      fc.property(latencies, (latenciesMs) => {
        const exact = latenciesMs.reduce((sum, latencyMs) => sum + latencyMs, 0) / latenciesMs.length;
        const told = meanMs(histogram(latenciesMs)) ?? Number.NaN;
        expect(told / exact).toBeLessThan(1.42);
        expect(exact / told).toBeLessThan(1.42);
      }),
    );
    expect(meanMs(emptyCounts())).toBeNull();
  });

  it("gives quantiles in the bucket of the exact ones, rising with q", () => {
    fc.assert(
      fc.property(anyLatencies, fc.double({ min: 0.01, max: 1, noNaN: true }), (latenciesMs, q) => {
        const sorted = [...latenciesMs].sort((a, b) => a - b);
        const exact = sorted[Math.ceil(q * sorted.length - 1e-9) - 1] ?? 0;
        const got = percentileMs(histogram(latenciesMs), q) ?? Number.NaN;
        const bucket = Math.min(bucketOf(exact), latencyBucketsMs.length - 1);
        expect(got).toBeLessThanOrEqual((latencyBucketsMs[bucket] ?? 0) * (1 + 1e-9));
        if (bucket > 0) expect(got).toBeGreaterThanOrEqual((latencyBucketsMs[bucket - 1] ?? 0) * (1 - 1e-9));
        expect(percentileMs(histogram(latenciesMs), q / 2) ?? 0).toBeLessThanOrEqual(got * (1 + 1e-9));
      }),
    );
  });

  it("is close to the exact quantile of a smooth distribution", () => {
    const random = seededRandom(5);
    const exponential = Array.from({ length: 20_000 }, () => -100 * Math.log(1 - random()));
    const counts = histogram(exponential);
    for (const q of [0.5, 0.9, 0.99]) {
      const exact = -100 * Math.log(1 - q);
      expect(Math.abs((percentileMs(counts, q) ?? 0) / exact - 1)).toBeLessThan(0.15);
    }
  });

  it("is null without entries, and 1 h, meaning at least, beyond the last bound", () => {
    expect(percentileMs(emptyCounts(), 0.5)).toBeNull();
    expect(percentileMs(histogram([9_000_000]), 0.5)).toBe(3_600_000);
  });
});
