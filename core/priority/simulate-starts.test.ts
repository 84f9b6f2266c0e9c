import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PriorityClass, priorityClasses } from "./priority-class.ts";
import { defaultPrioritySettings, type PrioritySettings } from "./priority-settings.ts";
import { type ClassLoad, simulateStarts } from "./simulate-starts.ts";

const idle: ClassLoad = { waiting: 0, oldestMs: 0, running: 0, arrivalsPerSecond: 0 };
const loads = (some: Partial<Record<PriorityClass, Partial<ClassLoad>>>) =>
  Object.fromEntries(priorityClasses.map((name) => [name, { ...idle, ...some[name] }])) as Record<
    PriorityClass,
    ClassLoad
  >;
const run = (of: Record<PriorityClass, ClassLoad>, settings: PrioritySettings = defaultPrioritySettings) =>
  simulateStarts({ settings, loads: of, slots: 10, startsPerSecond: 100, starts: 500 });

const anyLoad = fc.record({
  waiting: fc.integer({ min: 0, max: 5_000 }),
  oldestMs: fc.integer({ min: 0, max: 7_200_000 }),
  running: fc.integer({ min: 0, max: 20 }),
  arrivalsPerSecond: fc.integer({ min: 0, max: 200 }),
});
const anyLoads = fc.record(
  Object.fromEntries(priorityClasses.map((name) => [name, anyLoad])) as Record<PriorityClass, typeof anyLoad>,
);

describe("simulateStarts", () => {
  it("gives everything to the only class that waits", () => {
    const { byClass, starts } = run(loads({ bulk: { waiting: 1_000, oldestMs: 60_000 } }));
    expect(starts).toBe(500);
    expect(byClass.bulk).toMatchObject({ starts: 500, left: 500 });
  });

  it("stops where there is no more work", () => {
    expect(run(loads({ normal: { waiting: 20, oldestMs: 5_000 } }))).toMatchObject({
      starts: 20,
      byClass: { normal: { starts: 20, left: 0, longestWaitMs: expect.any(Number) } },
    });
    expect(run(loads({}))).toMatchObject({ starts: 0, overMs: 0 });
  });

  it("gives a class with a floor its share, however late the others are", () => {
    const late = loads({
      critical: { waiting: 5_000, oldestMs: 600_000 },
      bulk: { waiting: 5_000, oldestMs: 1_000 },
    });
    expect(run(late).byClass.bulk.starts).toBeGreaterThanOrEqual(10 - 1);
    const { classes } = defaultPrioritySettings;
    const fairer = {
      ...defaultPrioritySettings,
      classes: { ...classes, bulk: { ...classes.bulk, floorShare: 0.2 } },
    };
    expect(run(late, fairer).byClass.bulk.starts).toBeGreaterThanOrEqual(100 - 11);
  });

  it("a smaller budget never costs the class starts", () => {
    const budget = fc.integer({ min: 1_000, max: 600_000 });
    fc.assert(
      fc.property(anyLoads, budget, (of, budgetMs) => {
        const { classes } = defaultPrioritySettings;
        const at = (ms: number): PrioritySettings => ({
          reservedShare: 0,
          classes: { ...classes, normal: { ...classes.normal, budgetMs: ms, floorShare: 0 } },
        });
        const tight = run(of, at(budgetMs)).byClass.normal.starts;
        const loose = run(of, at(budgetMs * 2)).byClass.normal.starts;
        expect(tight).toBeGreaterThanOrEqual(loose - 10);
      }),
      { numRuns: 40 },
    );
  });

  it("never starts more than was asked, waited or arrived, and loses none", () => {
    fc.assert(
      fc.property(anyLoads, (of) => {
        const { byClass, starts, overMs } = run(of);
        expect(starts).toBeLessThanOrEqual(500);
        for (const name of priorityClasses) {
          const arrived = Math.floor((of[name].arrivalsPerSecond * overMs) / 1_000 + 1e-6);
          const seen = byClass[name].starts + byClass[name].left;
          expect(Math.abs(seen - (of[name].waiting + arrived))).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("keeps reserved slots free of the classes below high", () => {
    const of = loads({ normal: { waiting: 1_000, oldestMs: 100_000 } });
    const open = run(of, { ...defaultPrioritySettings, reservedShare: 0 });
    const kept = run(of, { ...defaultPrioritySettings, reservedShare: 0.5 });
    expect(kept.overMs).toBeGreaterThan(open.overMs * 1.5);
  });
});
