import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "#core/random.ts";
import { drawOne, drawPoisson, drawWeighted, drawWhole } from "./draw.ts";

describe("draws", () => {
  test("a whole number lies within its bounds, reaches both and is even between them", () => {
    const random = seededRandom(3);
    const counts = new Map<number, number>();
    for (let i = 0; i < 6_000; i += 1) {
      const drawn = drawWhole(random, 2, 7);
      counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([2, 3, 4, 5, 6, 7]);
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(130);
  });

  test("Poisson arrivals have the mean asked for and a variance that equals it, for small and large means", () => {
    const random = seededRandom(5);
    for (const mean of [0.3, 4, 75]) {
      const drawn = Array.from({ length: 4_000 }, () => drawPoisson(random, mean));
      const average = drawn.reduce((sum, count) => sum + count, 0) / drawn.length;
      const variance = drawn.reduce((sum, count) => sum + (count - average) ** 2, 0) / drawn.length;
      expect(average / mean).toBeGreaterThan(0.93);
      expect(average / mean).toBeLessThan(1.07);
      expect(variance / mean).toBeGreaterThan(0.88);
      expect(variance / mean).toBeLessThan(1.12);
    }
    expect(drawPoisson(random, 0)).toBe(0);
  });

  test("weights are shares", () => {
    const random = seededRandom(7);
    const items = [
      { name: "often", weight: 3 },
      { name: "seldom", weight: 1 },
      { name: "never", weight: 0 },
    ];
    const names = Array.from({ length: 4_000 }, () => drawWeighted(random, items).name);
    const often = names.filter((name) => name === "often").length;
    expect(Math.abs(often - 3_000)).toBeLessThan(120);
    expect(names).not.toContain("never");
  });

  test("what is drawn is one of the items, whatever the chance", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (items, chance) => items.includes(drawOne(() => chance, items)),
      ),
    );
    expect(() => drawOne(seededRandom(1), [])).toThrow(RangeError);
  });
});
