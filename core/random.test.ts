import { describe, expect, it } from "vitest";
import { seededRandom } from "./random.ts";

function draw(seed: number, count: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random());
}

describe("seededRandom", () => {
  it("gives the same numbers for the same seed and others for another", () => {
    expect(draw(7, 50)).toEqual(draw(7, 50));
    for (const other of [8, -7, 7 + 2 ** 32]) expect(draw(other, 5)).not.toEqual(draw(7, 5));
  });

  it("gives these numbers for seed 1, so that a schedule shown once can be shown again by any version", () => {
    expect(draw(1, 4)).toEqual([
      0.15070555242709816, 0.16780947777442634, 0.6835320217069238, 0.9219140172936022,
    ]);
  });

  it("is uniform on [0, 1): mean, spread, tenths and independence of neighbours", () => {
    const sample = draw(1, 50_000);
    expect(Math.min(...sample.slice(0, 10_000))).toBeGreaterThanOrEqual(0);
    expect(sample.every((x) => x < 1)).toBe(true);
    const mean = sample.reduce((a, b) => a + b) / sample.length;
    const variance = sample.reduce((sum, x) => sum + (x - mean) ** 2, 0) / sample.length;
    expect(mean).toBeCloseTo(0.5, 2);
    expect(variance).toBeCloseTo(1 / 12, 2);
    const tenths = new Array<number>(10).fill(0);
    for (const x of sample) tenths[Math.floor(x * 10)] = (tenths[Math.floor(x * 10)] ?? 0) + 1;
    for (const count of tenths) expect(Math.abs(count - 5_000)).toBeLessThan(300);
    const neighbours = sample.slice(1).reduce((sum, x, i) => sum + (x - 0.5) * ((sample[i] ?? 0) - 0.5), 0);
    expect(Math.abs(neighbours / sample.length)).toBeLessThan(0.002);
  });

  it("does not begin alike for neighbouring seeds", () => {
    const firsts = Array.from({ length: 5_000 }, (_, seed) => seededRandom(seed)());
    expect(firsts.reduce((a, b) => a + b) / firsts.length).toBeCloseTo(0.5, 1);
    expect(new Set(firsts).size).toBeGreaterThan(4_990);
  });
});
