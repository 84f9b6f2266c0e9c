import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultPrioritySettings } from "../priority/priority-settings.ts";
import { type LineFacts, predictWaits } from "./predict-wait.ts";

const settings = { ...defaultPrioritySettings, reservedShare: 0 };
const line = (more: Partial<LineFacts> & { rank: number }): LineFacts => ({
  ...{ waiting: 0, oldestMs: 0, runMs: 100, arrivalsPerSecond: 0, mostPerSecond: null },
  ...more,
});
const waitsOf = (lines: LineFacts[], slots = 10) =>
  predictWaits({ lines, slots, settings }).map(({ waitMs }) => waitMs);

describe("the predicted wait", () => {
  it("is the work ahead over the slots", () => {
    // 1,000 jobs of 100 ms on 10 slots: 10 s, less than a thousandth changed by the floors of nobody.
    expect(waitsOf([line({ rank: 1, waiting: 1_000 })])[1]).toBe(10_000);
  });

  it("is none where nothing waits, whatever runs", () => {
    expect(waitsOf([line({ rank: 1, arrivalsPerSecond: 50 })])).toEqual([0, 0, 0, 0, 0]);
  });

  it("leaves out younger jobs of less urgent classes, and counts those whose deadline is sooner", () => {
    const young = [line({ rank: 4, waiting: 10_000, oldestMs: 60_000 })];
    expect(waitsOf(young)[0]).toBe(0);
    // Bulk that has waited 2 h was due an hour ago: half of the line, even ages between, goes before a new low job.
    const old = [line({ rank: 4, waiting: 1_000, oldestMs: 2 * 3_600_000 })];
    const [critical, , , , bulk] = waitsOf(old);
    expect(critical).toBeGreaterThan(4_000);
    expect(critical).toBeLessThan(bulk as number);
  });

  it("grows by what arrives of more urgent classes while it lasts", () => {
    const [low] = [3].map((rank) => waitsOf([line({ rank, waiting: 1_000 })])[rank]);
    const beside = waitsOf([line({ rank: 3, waiting: 1_000 }), line({ rank: 0, arrivalsPerSecond: 50 })])[3];
    // Half of the ten slots are taken by 50 arrivals of 100 ms a second.
    expect(beside).toBeCloseTo((low as number) * 2, -1);
  });

  it("is finite when more urgent work comes than can be done, because a deadline passes in the end", () => {
    const [, high] = waitsOf([line({ rank: 1, waiting: 10 }), line({ rank: 0, arrivalsPerSecond: 500 })]);
    expect(high).toBeGreaterThan(10_000);
    expect(high).toBeLessThan(60_000);
  });

  it("does not take a burst of more urgent work for one that lasts longer than a minute", () => {
    const waits = waitsOf([line({ rank: 4, waiting: 1 }), line({ rank: 1, arrivalsPerSecond: 200 })]);
    // Twenty slots' worth arrives for a minute at most: 120 s on ten slots, not the hour of the budget.
    expect(waits[4]).toBeGreaterThan(100_000);
    expect(waits[4]).toBeLessThan(130_000);
  });

  it("takes a queue with a limit of its own for no more than it can start", () => {
    const limited = line({ rank: 1, waiting: 1_000_000, mostPerSecond: 10 });
    // 10 a second for two budgets of 10 s: 200 jobs of 100 ms on 10 slots.
    expect(waitsOf([limited])[1]).toBe(2_000);
  });

  it("keeps off the slots reserved for critical and high", () => {
    const reserved = { ...settings, reservedShare: 0.5 };
    const waits = predictWaits({ lines: [line({ rank: 2, waiting: 100 })], slots: 10, settings: reserved });
    expect(waits[2]?.waitMs).toBe(2_000);
  });

  it("is unknown while nothing is known of how long the work takes, or without a slot", () => {
    expect(waitsOf([line({ rank: 1, waiting: 5, runMs: null })])[1]).toBeNull();
    expect(waitsOf([line({ rank: 1, waiting: 5 })], 0)[1]).toBeNull();
    expect(
      predictWaits({ lines: [line({ rank: 1, waiting: 5, oldestMs: 70 })], slots: 0, settings })[1],
    ).toMatchObject({
      oldestMs: 70,
    });
  });

  it("is never shorter for more work, nor for a less urgent class, nor longer with more slots", () => {
    const facts = fc.record({
      rank: fc.integer({ min: 0, max: 4 }),
      waiting: fc.integer({ min: 0, max: 100_000 }),
      oldestMs: fc.integer({ min: 0, max: 10_000_000 }),
      runMs: fc.integer({ min: 1, max: 60_000 }),
      arrivalsPerSecond: fc.double({ min: 0, max: 100, noNaN: true }),
      mostPerSecond: fc.constant(null),
    });
    const flat = {
      ...settings,
      classes: Object.fromEntries(
        Object.entries(settings.classes).map(([name, each]) => [name, { ...each, floorShare: 0 }]),
      ) as typeof settings.classes,
    };
    fc.assert(
      fc.property(
        fc.array(facts, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 500 }),
        (lines, slots) => {
          const waits = predictWaits({ lines, slots, settings: flat }).map(({ waitMs }) => waitMs as number);
          const more = predictWaits({
            lines: lines.map((each) => ({ ...each, waiting: each.waiting + 10 })),
            slots,
            settings: flat,
          });
          const wider = predictWaits({ lines, slots: slots + 1, settings: flat });
          for (const [rank, wait] of waits.entries()) {
            expect(Number.isFinite(wait)).toBe(true);
            expect(more[rank]?.waitMs ?? 0).toBeGreaterThanOrEqual(wait - 1e-6 * wait);
            expect(wider[rank]?.waitMs ?? 0).toBeLessThanOrEqual(wait + 1e-6 * wait);
            expect(wait).toBeGreaterThanOrEqual((waits[rank - 1] ?? 0) * (1 - 1e-6));
          }
        },
      ),
    );
  });
});
