import { describe, expect, it } from "vitest";
import { DurationBaselines } from "./duration-baselines.ts";

function look(baselines: DurationBaselines, durations: Record<string, number>, count = 20): number | null {
  for (const [definition, durationMs] of Object.entries(durations))
    for (let n = 0; n < count; n++) baselines.add(definition, durationMs);
  return baselines.slowdown();
}

describe("baselines of durations", () => {
  it("say nothing for three looks, then how many times longer than usual attempts take", () => {
    const baselines = new DurationBaselines();
    expect([1, 2, 3].map(() => look(baselines, { a: 100 }))).toEqual([null, null, null]);
    expect(look(baselines, { a: 100 })).toBe(1);
    for (let n = 0; n < 8; n++) look(baselines, { a: 300 });
    expect(look(baselines, { a: 300 })).toBeGreaterThan(2.8);
  });

  it("count each attempt by its own definition's baseline", () => {
    const baselines = new DurationBaselines();
    for (let n = 0; n < 4; n++) look(baselines, { short: 10, long: 10_000 });
    for (let n = 0; n < 12; n++) look(baselines, { short: 10, long: 30_000 });
    expect(look(baselines, { short: 10, long: 30_000 })).toBeCloseTo(2, 0);
  });

  it("wait for ten attempts before they judge", () => {
    const baselines = new DurationBaselines();
    for (let n = 0; n < 4; n++) look(baselines, { a: 100 });
    expect(look(baselines, { a: 900 }, 9)).toBe(1);
    expect(look(baselines, { a: 900 }, 1)).toBeGreaterThan(2);
  });

  it("take a slowdown that lasts an hour for usual, and learn within two minutes that a baseline was too high", () => {
    const baselines = new DurationBaselines();
    for (let n = 0; n < 4; n++) look(baselines, { a: 100 });
    for (let n = 0; n < 3_600; n++) look(baselines, { a: 300 });
    expect(look(baselines, { a: 300 })).toBeLessThan(1.05);
    for (let n = 0; n < 120; n++) look(baselines, { a: 30 });
    expect(look(baselines, { a: 60 })).toBeGreaterThan(0.5);
  });
});
