import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../random.ts";
import { type SaturationGauges, SaturationGuard } from "./saturation-guard.ts";

const calm: SaturationGauges = { loopLagMs: 5, heapShare: 0.4 };
const late: SaturationGauges = { loopLagMs: 900, heapShare: 0.4 };
const full: SaturationGauges = { loopLagMs: 5, heapShare: 0.94 };

/** Decisions of so many seconds on end; the limit after each. */
function run(guard: SaturationGuard, seconds: number, gauges: SaturationGauges, fromMs = 0): number[] {
  return Array.from({ length: seconds }, (_, second) => {
    guard.decide(gauges, fromMs + second * 1_000);
    return guard.limit;
  });
}

describe("the saturation guard", () => {
  it("leaves a worker all its slots while it is well, and for a hiccup of two seconds", () => {
    const guard = new SaturationGuard(40);
    run(guard, 60, calm);
    run(guard, 2, late, 60_000);
    run(guard, 1, calm, 62_000);
    run(guard, 2, late, 63_000);
    expect(guard).toMatchObject({ limit: 40, because: null });
  });

  it("halves them for each three seconds in which the event loop is late, and leaves a quarter", () => {
    const guard = new SaturationGuard(40);
    expect(run(guard, 12, late)).toEqual([40, 40, 20, 20, 20, 10, 10, 10, 10, 10, 10, 10]);
    expect(guard.because).toBe("its event loop was 900 ms late");
  });

  it("goes down to one slot while the heap is full", () => {
    const guard = new SaturationGuard(40);
    run(guard, 30, full);
    expect(guard).toMatchObject({ limit: 1, because: "its heap was 94 % full" });
  });

  it("gives them back a minute after it last took any, twice as many each three seconds", () => {
    const guard = new SaturationGuard(40);
    run(guard, 6, late);
    expect(guard.limit).toBe(10);
    run(guard, 59, calm, 6_000);
    expect(guard.limit).toBe(10);
    run(guard, 6, calm, 65_000);
    expect(guard).toMatchObject({ limit: 40, because: null });
  });

  it("waits twice as long when giving back ended in taking again", () => {
    const guard = new SaturationGuard(40);
    run(guard, 3, late);
    run(guard, 70, calm, 3_000);
    expect(guard.limit).toBe(40);
    run(guard, 3, late, 80_000);
    run(guard, 110, calm, 83_000);
    expect(guard.limit).toBe(20);
    run(guard, 20, calm, 193_000);
    expect(guard.limit).toBe(40);
  });

  it("keeps what it has between the bounds, neither taking nor giving", () => {
    const guard = new SaturationGuard(40);
    run(guard, 3, late);
    run(guard, 300, { loopLagMs: 300, heapShare: 0.85 }, 3_000);
    expect(guard.limit).toBe(20);
  });

  it("stays between one and all, whatever it is told", () => {
    const gauges = fc.record({
      loopLagMs: fc.constantFrom(0, 249, 250, 499, 500, 1e6),
      heapShare: fc.constantFrom(null, 0, 0.79, 0.8, 0.9, 2),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.array(gauges, { maxLength: 300 }), (most, told) => {
        const guard = new SaturationGuard(most);
        for (const [second, each] of told.entries()) {
          const before = guard.limit;
          const change = guard.decide(each, second * 1_000);
          expect(guard.limit).toBeGreaterThanOrEqual(1);
          expect(guard.limit).toBeLessThanOrEqual(most);
          expect(change?.limit ?? before).toBe(guard.limit);
          expect(guard.because === null).toBe(guard.limit === most);
        }
      }),
    );
  });

  it("turns round at most twice in any minute of a load that is too much for all its slots, over 1,000 seeds", () => {
    for (let seed = 0; seed < 1_000; seed++) {
      const random = seededRandom(seed);
      const most = 2 + Math.floor(random() * 100);
      const guard = new SaturationGuard(most);
      const bearable = most * random() * 1.5;
      const turns: number[] = [];
      let direction = 0;
      for (let second = 0; second < 600; second++) {
        const change = guard.decide(
          { loopLagMs: (1_000 * guard.limit * (0.5 + random())) / (bearable + 1), heapShare: 0.5 },
          second * 1_000,
        );
        if (change === null) continue;
        const now = change.because.includes("well") ? 1 : -1;
        if (direction !== 0 && now !== direction) turns.push(second);
        direction = now;
      }
      for (const [n, second] of turns.entries())
        expect((turns[n + 2] ?? Number.POSITIVE_INFINITY) - second, `seed ${seed}`).toBeGreaterThanOrEqual(
          60,
        );
    }
  }, 30_000);
});
