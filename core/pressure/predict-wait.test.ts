import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultPrioritySettings } from "../priority/priority-settings.ts";
import { priorityKey } from "../priority/virtual-deadline.ts";
import { seededRandom } from "../random.ts";
import { type LineFacts, predictWaits } from "./predict-wait.ts";

const settings = { ...defaultPrioritySettings, reservedShare: 0 };
const flat = {
  ...settings,
  classes: Object.fromEntries(
    Object.entries(settings.classes).map(([name, each]) => [name, { ...each, floorShare: 0 }]),
  ) as typeof settings.classes,
};
const line = (more: Partial<LineFacts> & { rank: number }): LineFacts => ({
  ...{ waiting: 0, oldestMs: 0, runMs: 100, arrivalsPerSecond: 0, mostPerSecond: null },
  ...more,
});
const waitsOf = (lines: LineFacts[], by = settings) =>
  predictWaits({ lines, slots: 10, settings: by }).map(({ waitMs }) => waitMs);

/** How long a new job of a class waits when ten slots take 100 ms jobs one by one, always the one of the best key. */
function playThrough(lines: readonly LineFacts[], rank: number): number {
  const slots = 10;
  // Of each class the times its jobs were due, oldest first: within a class the older always goes first.
  const queues = lines.map((each) => {
    const waiting = Array.from({ length: each.waiting }, (_, n) => -each.oldestMs * (1 - n / each.waiting));
    const arriving = Array.from(
      { length: Math.floor(each.arrivalsPerSecond * 60) },
      (_, n) => ((n + 1) * 1_000) / each.arrivalsPerSecond,
    );
    const own = each.rank === rank ? [0] : [];
    return { rank: each.rank, dueMs: [...waiting, ...own, ...arriving], next: 0, newAt: waiting.length };
  });
  for (let nowMs = 0; ; nowMs += 100 / slots) {
    const heads = queues.flatMap((queue) => {
      const runAtMs = queue.dueMs[queue.next];
      if (runAtMs === undefined || runAtMs > nowMs) return [];
      return [{ queue, key: priorityKey({ rank: queue.rank, runAtMs, nowMs, settings: flat }) }];
    });
    const [best] = heads.sort((x, y) => x.key - y.key);
    if (best === undefined) continue;
    if (best.queue.rank === rank && best.queue.next === best.queue.newAt) return nowMs;
    best.queue.next++;
  }
}

describe("the predicted wait", () => {
  it("is the work ahead over the slots", () => {
    // 1,000 jobs of 100 ms on 10 slots.
    expect(waitsOf([line({ rank: 1, waiting: 1_000 })])[1]).toBeCloseTo(10_000, -1);
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
    // A critical job is itself late soon after a second, and then goes first.
    expect(critical).toBeGreaterThan(1_000);
    expect(critical).toBeLessThan(1_200);
    expect(bulk).toBeCloseTo(10_000, -1);
  });

  it("grows by what arrives of more urgent classes while it lasts", () => {
    const [low] = [3].map((rank) => waitsOf([line({ rank, waiting: 1_000 })])[rank]);
    const beside = waitsOf([line({ rank: 3, waiting: 1_000 }), line({ rank: 0, arrivalsPerSecond: 50 })])[3];
    // Half of the ten slots are taken by 50 arrivals of 100 ms a second.
    expect(beside).toBeCloseTo((low as number) * 2, -1);
  });

  it("is finite when more urgent work comes than can be done: a minute of it is counted", () => {
    const [, high] = waitsOf(
      [line({ rank: 1, waiting: 10 }), line({ rank: 0, arrivalsPerSecond: 500 })],
      flat,
    );
    // Fifty slots' worth for a minute, on ten.
    expect(high).toBeGreaterThan(290_000);
    expect(high).toBeLessThan(310_000);
  });

  it("does not take a burst of more urgent work for one that lasts longer than a minute", () => {
    const waits = waitsOf([line({ rank: 4, waiting: 1 }), line({ rank: 1, arrivalsPerSecond: 200 })], flat);
    // Twenty slots' worth arrives for a minute at most: 120 s on ten slots, not the hour of the budget.
    expect(waits[4]).toBeGreaterThan(100_000);
    expect(waits[4]).toBeLessThan(130_000);
  });

  it("takes a queue with a limit of its own for no more than it can start", () => {
    const limited = line({ rank: 1, waiting: 1_000_000, mostPerSecond: 10 });
    // Ten a second of 100 ms take one of ten slots, however many wait.
    expect(waitsOf([limited])[1]).toBeLessThan(2);
    const beside = line({ rank: 1, waiting: 900 });
    expect(waitsOf([limited, beside])[1]).toBeCloseTo(10_000, -1);
  });

  it("knows that a late critical job goes before work that is late by more", () => {
    // High that has waited a minute: late by five of its budgets, as a critical job is half a second after its own.
    const [critical, high] = waitsOf([line({ rank: 1, waiting: 6_000, oldestMs: 60_000 })]);
    expect(high).toBeGreaterThan(55_000);
    expect(critical).toBeGreaterThan(1_000);
    expect(critical).toBeLessThan(1_600);
  });

  it("is never longer than the class's own floor makes it", () => {
    const low = waitsOf([line({ rank: 0, waiting: 100_000 }), line({ rank: 3, waiting: 4 })])[3];
    // Four jobs of 100 ms on two hundredths of ten slots.
    expect(low).toBe(2_000);
  });

  it("keeps off the slots reserved for critical and high", () => {
    const reserved = { ...settings, reservedShare: 0.5 };
    const waits = predictWaits({ lines: [line({ rank: 2, waiting: 100 })], slots: 10, settings: reserved });
    expect(waits[2]?.waitMs).toBeCloseTo(2_000, 0);
  });

  it("is unknown while nothing is known of how long the work takes, or without a slot", () => {
    expect(waitsOf([line({ rank: 1, waiting: 5, runMs: null })])[1]).toBeNull();
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

  it("agrees with the claim's own order, played through: 19 of 20 within a tenth, all within 40 %", () => {
    const errors: number[] = [];
    for (let seed = 1; seed <= 40; seed++) {
      const random = seededRandom(seed);
      const lines = [0, 1, 2].map((rank) =>
        line({
          rank,
          waiting: Math.floor(random() * 150),
          oldestMs: Math.floor(random() * 3_000 * 8 ** rank),
          arrivalsPerSecond: 1 + random() * 30,
        }),
      );
      const predicted = waitsOf(lines, flat);
      for (const rank of [0, 1, 2]) {
        const played = playThrough(lines, rank);
        // Two rounds of the slots are the grain of it.
        errors.push(Math.max(0, Math.abs((predicted[rank] ?? 0) - played) - 200) / Math.max(1, played));
      }
    }
    expect(Math.max(...errors)).toBeLessThan(0.4);
    expect(errors.filter((error) => error < 0.1).length).toBeGreaterThanOrEqual(errors.length * 0.95);
  });
});
