import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../random.ts";
import { floorCounts, maxOwedStarts, noFloorsOwed, recordStarts } from "./floor-accumulator.ts";
import { defaultPrioritySettings as settings } from "./priority-settings.ts";

const everyone = [true, true, true, true, true];

/** Claims of the sizes given, all of whose unreserved starts go to `favourite`; starts by rank. */
function flood(sizes: readonly number[], backlog: readonly boolean[], favourite: number): number[] {
  let state = noFloorsOwed;
  const starts = [0, 0, 0, 0, 0];
  for (const n of sizes) {
    const started = floorCounts(state, { n, backlog, settings });
    started[favourite] = (started[favourite] ?? 0) + n - started.reduce((a, b) => a + b, 0);
    state = recordStarts(state, { started, backlog, settings });
    started.forEach((count, rank) => {
      starts[rank] = (starts[rank] ?? 0) + count;
    });
  }
  return starts;
}

describe("floors", () => {
  it.each([1, 2, 7, 20, 500])(
    "give every class with backlog its 2 percent of starts, in claims of %d",
    (n) => {
      const claims = Math.ceil(10_000 / n);
      const starts = flood(new Array<number>(claims).fill(n), everyone, 0);
      for (const rank of [1, 2, 3, 4]) {
        const share = (starts[rank] ?? 0) / (claims * n);
        expect(share).toBeGreaterThanOrEqual(0.02 - maxOwedStarts / (claims * n));
        expect(share).toBeLessThan(0.021);
      }
    },
  );

  it("hold for claims of any sizes, whichever class takes the rest", () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(4), (seed, favourite) => {
        const random = seededRandom(seed);
        const sizes = Array.from({ length: 400 }, () => 1 + Math.floor(random() ** 3 * 60));
        const total = sizes.reduce((a, b) => a + b);
        for (const count of flood(sizes, everyone, favourite)) {
          // At most one start behind for each class that may want the same small claim.
          expect(count).toBeGreaterThanOrEqual(0.02 * total - 5);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("give one start in fifty when claims are of one", () => {
    let state = noFloorsOwed;
    const floors: number[] = [];
    const backlog = [true, false, false, true, false];
    for (let claim = 0; claim < 150; claim += 1) {
      const counts = floorCounts(state, { n: 1, backlog, settings });
      floors.push(counts[3] ?? 0);
      const started = counts[3] === 1 ? [0, 0, 0, 1, 0] : [1, 0, 0, 0, 0];
      state = recordStarts(state, { started, backlog, settings });
    }
    expect(floors.flatMap((count, claim) => (count === 1 ? [claim] : []))).toEqual([49, 99, 149]);
  });

  it("are never more than the claim and never given without backlog", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: maxOwedStarts, noNaN: true }), { minLength: 5, maxLength: 5 }),
        fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
        fc.nat(100),
        (owed, backlog, n) => {
          const counts = floorCounts({ owed }, { n, backlog, settings });
          expect(counts.reduce((a, b) => a + b)).toBeLessThanOrEqual(n);
          counts.forEach((count, rank) => {
            expect(Number.isInteger(count) && count >= 0).toBe(true);
            if (backlog[rank] === false) expect(count).toBe(0);
          });
        },
      ),
    );
  });

  it("are not a start short where a share has no exact binary fraction: 0.145 of 200 is 29", () => {
    const low = { ...settings.classes.low, floorShare: 0.145 };
    const uneven = { ...settings, classes: { ...settings.classes, low } };
    const backlog = [true, false, false, true, false];
    expect(floorCounts(noFloorsOwed, { n: 200, backlog, settings: uneven })[3]).toBe(29);
  });

  it("put the class that is owed most first when a claim is too small for all", () => {
    const owed = [0, 0, 1.5, 3, 1.5];
    expect(floorCounts({ owed }, { n: 3, backlog: everyone, settings })).toEqual([0, 0, 0, 3, 0]);
    expect(floorCounts({ owed }, { n: 4, backlog: everyone, settings })).toEqual([0, 0, 1, 3, 0]);
  });

  it("save nothing up in idleness, and carry only so much of what could not be started", () => {
    const idle = [true, true, true, true, false];
    let state = noFloorsOwed;
    for (let claim = 0; claim < 1_000; claim += 1) {
      state = recordStarts(state, { started: [100, 0, 0, 0, 0], backlog: idle, settings });
    }
    expect(state.owed[4]).toBe(0);
    expect(state.owed[3]).toBe(maxOwedStarts);
    const served = recordStarts(state, { started: [0, 0, 0, 50, 0], backlog: idle, settings });
    expect(served.owed[3]).toBe(0);
  });
});
