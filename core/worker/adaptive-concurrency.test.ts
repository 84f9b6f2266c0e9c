import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../random.ts";
import {
  AdaptiveConcurrency,
  type ConcurrencyChange,
  type ConcurrencyGauges,
} from "./adaptive-concurrency.ts";

const calm: ConcurrencyGauges = { running: 1_000, eventLoopShare: 0.2, databaseP95Ms: 10 };

/** `seconds` decisions with every slot in use; `durationMs` of the attempts that completed in each. Returns the changes. */
function run(
  policy: AdaptiveConcurrency,
  seconds: number,
  durationMs: (limit: number) => number,
  gauges: Partial<ConcurrencyGauges> = {},
  fromMs = 0,
): ConcurrencyChange[] {
  const changes: ConcurrencyChange[] = [];
  for (let second = 0; second < seconds; second++) {
    for (let n = 0; n < 20; n++) policy.completed("work", durationMs(policy.limit));
    const change = policy.decide({ ...calm, ...gauges }, fromMs + second * 1_000);
    if (change) changes.push(change);
  }
  return changes;
}

describe("adaptive concurrency", () => {
  it("starts at a quarter of the slots and has all of them within ten seconds when nothing slows down", () => {
    const policy = new AdaptiveConcurrency({ least: 2, most: 40 });
    expect(policy.limit).toBe(10);
    const changes = run(policy, 10, () => 50);
    expect(policy.limit).toBe(40);
    expect(changes.at(-1)).toMatchObject({ limit: 40, figures: { slowdown: 1 } });
    expect(policy.because).toBe("its slots were full and jobs took no longer than usual");
  });

  it("does not grow while its slots are not in use", () => {
    const policy = new AdaptiveConcurrency({ least: 2, most: 40 });
    expect(run(policy, 30, () => 50, { running: 5 })).toEqual([]);
  });

  it("gives way when jobs take longer the more of them run, and says so", () => {
    const policy = new AdaptiveConcurrency({ least: 2, most: 40 });
    run(policy, 10, () => 50);
    const changes = run(policy, 60, (limit) => 50 * Math.max(1, limit / 10), {}, 10_000);
    expect(policy.limit).toBeLessThanOrEqual(20);
    expect(policy.limit).toBeGreaterThanOrEqual(10);
    expect(changes.at(-1)?.because).toMatch(/^jobs took 2(\.\d+)? times as long as usual$/);
    expect(changes.at(-1)?.figures.slowdown).toBeGreaterThan(2);
  });

  it("grows no further where jobs begin to take longer", () => {
    const policy = new AdaptiveConcurrency({ least: 2, most: 100 });
    run(policy, 60, (limit) => 50 * Math.max(1, limit / 30));
    expect(policy.limit).toBeLessThanOrEqual(60);
    expect(policy.limit).toBeGreaterThanOrEqual(30);
  });

  it("does not mind that one kind of job takes a thousand times as long as another", () => {
    const policy = new AdaptiveConcurrency({ least: 2, most: 40 });
    for (let second = 0; second < 60; second++) {
      for (let n = 0; n < 20; n++) {
        policy.completed("quick", 5);
        // Now there are few of the long kind, now many.
        if (second % 10 < 5) policy.completed("long", 5_000);
      }
      policy.decide(calm, second * 1_000);
    }
    expect(policy.limit).toBe(40);
  });

  it.each([
    ["its event loop is busy", { eventLoopShare: 0.97 }, "its event loop was busy 97 % of the time"],
    [
      "the database is slow",
      { databaseP95Ms: 45 },
      "settling took 45 ms at the 95th percentile, 4.5 times the usual",
    ],
  ])("goes down to its least while %s", (_, gauges, because) => {
    const policy = new AdaptiveConcurrency({ least: 3, most: 40 });
    run(policy, 20, () => 50);
    expect(policy.limit).toBe(40);
    run(policy, 2, () => 50, gauges, 20_000);
    expect(policy.limit).toBe(40);
    run(policy, 60, () => 50, gauges, 22_000);
    expect(policy.limit).toBe(3);
    expect(policy.because).toBe(because);
  });

  it("gives way when attempts run into their limit, and not for failures alone", () => {
    const policy = new AdaptiveConcurrency({ least: 3, most: 40 });
    run(policy, 20, () => 50);
    const fail = (dropped: boolean, fromMs: number) => {
      for (let second = 0; second < 5; second++) {
        for (let n = 0; n < 20; n++) policy.failed(dropped);
        policy.decide(calm, fromMs + second * 1_000);
      }
    };
    fail(false, 20_000);
    expect(policy.limit).toBe(40);
    fail(true, 30_000);
    expect(policy.limit).toBeLessThan(40);
    expect(policy.because).toBe("100 % of its attempts ran into their limit or lost their lease");
  });

  it("waits a minute after it shrank before it grows again", () => {
    const policy = new AdaptiveConcurrency({ least: 3, most: 40 });
    run(policy, 20, () => 50);
    run(policy, 10, () => 50, { eventLoopShare: 0.99 }, 20_000);
    const low = policy.limit;
    expect(low).toBeLessThan(40);
    run(policy, 59, () => 50, {}, 30_000);
    expect(policy.limit).toBe(low);
    run(policy, 60, () => 50, {}, 89_000);
    expect(policy.limit).toBe(40);
  });

  it("stays within its bounds whatever it is told", () => {
    const act = fc.record({
      durationMs: fc.constantFrom(0, 1, 50, 5_000, 1e9),
      count: fc.nat(30),
      dropped: fc.nat(10),
      gauges: fc.record({
        running: fc.nat(200),
        eventLoopShare: fc.constantFrom(null, 0, 0.5, 0.95, 1),
        databaseP95Ms: fc.constantFrom(null, 0, 1, 50, 10_000),
      }),
    });
    const bounds = fc.tuple(fc.integer({ min: 1, max: 200 }), fc.nat(200));
    fc.assert(
      fc.property(bounds, fc.array(act, { maxLength: 200 }), ([least, more], acts) => {
        const policy = new AdaptiveConcurrency({ least, most: least + more });
        for (const [n, { durationMs, count, dropped, gauges }] of acts.entries()) {
          for (let i = 0; i < count; i++) policy.completed(`work ${i % 3}`, durationMs);
          for (let i = 0; i < dropped; i++) policy.failed(true);
          const before = policy.limit;
          const change = policy.decide(gauges, n * 1_000);
          expect(policy.limit).toBeGreaterThanOrEqual(least);
          expect(policy.limit).toBeLessThanOrEqual(least + more);
          expect(change?.limit ?? before).toBe(policy.limit);
        }
      }),
    );
  });

  it("turns round at most twice in any minute of steady load, over 1,000 seeds", () => {
    for (let seed = 0; seed < 1_000; seed++) {
      const random = seededRandom(seed);
      const most = 4 + Math.floor(random() * 100);
      const policy = new AdaptiveConcurrency({ least: 1, most });
      const knee = most * (0.1 + 1.2 * random());
      const demand = most * (0.3 + random());
      const steepness = 1 + 2 * random();
      const turns: number[] = [];
      let last = policy.limit;
      let direction = 0;
      for (let second = 0; second < 300; second++) {
        const running = Math.min(policy.limit, demand);
        const usualMs = 50 * Math.max(1, running / knee) ** steepness;
        for (let n = 0; n < 15; n++) policy.completed("work", -Math.log(1 - random()) * usualMs);
        const eventLoopShare = Math.min(1, (0.6 * running) / knee + 0.1 * random());
        const change = policy.decide(
          { running, eventLoopShare, databaseP95Ms: 5 + 5 * random() },
          second * 1_000,
        );
        if (change === null) continue;
        const now = Math.sign(change.limit - last);
        if (direction !== 0 && now !== direction) turns.push(second);
        direction = now;
        last = change.limit;
      }
      for (const [n, second] of turns.entries())
        expect((turns[n + 2] ?? Number.POSITIVE_INFINITY) - second, `seed ${seed}`).toBeGreaterThanOrEqual(
          60,
        );
    }
  }, 60_000);
});
