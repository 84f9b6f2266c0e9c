import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../random.ts";
import { BulkheadLimit } from "./bulkhead-limit.ts";

interface Load {
  slots: number;
  /** Calls that come a second, at random, so many at once. */
  perSecond: number;
  batch?: number;
  durationMs: (random: () => number) => number;
  seconds: number;
}

/** Calls that come at random to a dependency that answers all of them: every change of the limit with its time. */
function changesUnder(limit: BulkheadLimit, load: Load, seed: number) {
  const random = seededRandom(seed);
  const { perSecond, batch = 1, durationMs, seconds } = load;
  // When the calls in flight end, latest first.
  const ends: number[] = [];
  const changes: { atMs: number; limit: number }[] = [];
  let waiting = 0;
  let nextMs = 0;
  for (let nowMs = 0; nowMs < seconds * 1_000; ) {
    const endMs = ends.at(-1) ?? Number.POSITIVE_INFINITY;
    const before = limit.limit;
    nowMs = Math.min(nextMs, endMs);
    if (nextMs <= endMs) {
      waiting = Math.min(10_000, waiting + batch);
      nextMs -= (Math.log(1 - random()) * 1_000 * batch) / perSecond;
    } else {
      limit.answered({ inFlight: ends.length, nowMs });
      ends.pop();
    }
    for (; waiting > 0 && ends.length < limit.limit; waiting--) {
      const at = nowMs + durationMs(random);
      let place = ends.length;
      while (place > 0 && (ends[place - 1] ?? 0) < at) place--;
      ends.splice(place, 0, at);
    }
    if (limit.limit !== before) changes.push({ atMs: nowMs, limit: limit.limit });
  }
  return changes;
}

function reversalsAfter(changes: { atMs: number; limit: number }[], first: number, fromMs: number): number {
  let last = first;
  let direction = 0;
  let reversals = 0;
  for (const { atMs, limit } of changes) {
    const now = Math.sign(limit - last);
    if (atMs >= fromMs && direction !== 0 && now !== direction) reversals++;
    direction = now;
    last = limit;
  }
  return reversals;
}

const quick = (random: () => number) => 20 + 30 * random();

describe("the limit of a bulkhead", () => {
  it("starts at a quarter of the slots, but at four where there are as many", () => {
    expect([1, 3, 10, 40, 1_000].map((slots) => new BulkheadLimit(slots).limit)).toEqual([1, 3, 4, 10, 250]);
  });

  it("comes to what 150 calls a second of 20 to 50 ms need, about ten of 40 slots, within ten seconds", () => {
    const limits = Array.from({ length: 50 }, (_, seed) => {
      const limit = new BulkheadLimit(40);
      changesUnder(limit, { slots: 40, perSecond: 150, durationMs: quick, seconds: 10 }, seed);
      return limit.limit;
    });
    expect(Math.max(...limits)).toBeLessThanOrEqual(16);
    limits.sort((a, b) => a - b);
    expect(limits[25]).toBeLessThanOrEqual(11);
    expect(limits[0]).toBeGreaterThanOrEqual(8);
  });

  it("lets a backlog have all slots within two seconds of healthy answers", () => {
    const limit = new BulkheadLimit(40);
    changesUnder(limit, { slots: 40, perSecond: 1_200, durationMs: quick, seconds: 2 }, 1);
    expect(limit.limit).toBe(40);
  });

  it("grows for a backlog again after it has come down", () => {
    const limit = new BulkheadLimit(40);
    changesUnder(limit, { slots: 40, perSecond: 150, durationMs: quick, seconds: 30 }, 1);
    expect(limit.limit).toBeLessThanOrEqual(16);
    for (let nowMs = 30_000; nowMs < 33_000; nowMs += 35 / limit.limit)
      limit.answered({ inFlight: limit.limit, nowMs });
    expect(limit.limit).toBe(40);
  });

  it("never moves without healthy answers, and does not grow while most calls fail", () => {
    const limit = new BulkheadLimit(40);
    for (let n = 0; n < 1_000; n++) limit.unanswered();
    expect(limit.limit).toBe(10);
    for (let n = 0; n < 1_000; n++) {
      limit.unanswered();
      limit.unanswered();
      limit.answered({ inFlight: 10, nowMs: n * 10 });
    }
    expect(limit.limit).toBeLessThanOrEqual(18);
  });

  it("stays between four and the slots whatever happens", () => {
    const act = fc.record({
      ok: fc.boolean(),
      inFlight: fc.integer({ min: 1, max: 60 }),
      afterMs: fc.integer({ min: 0, max: 20_000 }),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.array(act, { maxLength: 300 }), (slots, acts) => {
        const limit = new BulkheadLimit(slots);
        let nowMs = 0;
        for (const { ok, inFlight, afterMs } of acts) {
          nowMs += afterMs;
          if (ok) limit.answered({ inFlight, nowMs });
          else limit.unanswered();
          expect(limit.limit).toBeLessThanOrEqual(slots);
          expect(limit.limit).toBeGreaterThanOrEqual(Math.min(4, slots));
        }
      }),
    );
  });

  it("turns round at most twice in a minute of steady load, over 1,000 seeds", () => {
    for (let seed = 0; seed < 1_000; seed++) {
      const random = seededRandom(seed);
      const slots = 10 + Math.floor(random() * 90);
      const usualMs = 20 + 300 * random() ** 2;
      const load: Load = {
        slots,
        // Up to nine tenths of what the slots can do.
        perSecond: Math.min(60, (slots * 900 * random()) / usualMs),
        batch: 1 + Math.floor(4 * random()),
        durationMs: (draw) => usualMs * (0.4 + 1.2 * draw()),
        seconds: 75,
      };
      const limit = new BulkheadLimit(slots);
      const first = limit.limit;
      const changes = changesUnder(limit, load, seed);
      expect(reversalsAfter(changes, first, 15_000), `seed ${seed}`).toBeLessThanOrEqual(2);
    }
  }, 60_000);
});
