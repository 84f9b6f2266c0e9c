import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { admitFairly, type FairKey, fairWindow } from "./fair-admission.ts";

/** Rounds of admission with keys that never run dry; how many of each key were admitted, in the order it happened. */
function admitRounds(weights: number[], window: number, rounds: number): string[] {
  const passes = new Map<string, number>();
  let base = 0;
  const order: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const keys: FairKey[] = weights.map((weight, index) => ({
      key: `k${index}`,
      waiting: window,
      room: Number.POSITIVE_INFINITY,
      pass: passes.get(`k${index}`) ?? null,
      weight,
    }));
    const given = admitFairly(keys, { base, places: window });
    base = given.base;
    for (const [key, pass] of given.passes) passes.set(key, pass);
    for (const [key, count] of given.admitted) order.push(...new Array<string>(count).fill(key));
  }
  return order;
}

describe("fair admission", () => {
  it("gives keys with backlog shares by their weights, within 10 %", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 12 }),
        fc.integer({ min: 1, max: 40 }),
        (weights, window) => {
          const sum = weights.reduce((total, weight) => total + weight, 0);
          const rounds = Math.ceil((40 * sum) / window);
          const order = admitRounds(weights, window, rounds);
          for (const [index, weight] of weights.entries()) {
            const share = order.filter((key) => key === `k${index}`).length / order.length;
            expect(Math.abs(share - weight / sum)).toBeLessThanOrEqual((0.1 * weight) / sum);
          }
        },
      ),
    );
  });

  it("lets no key wait longer than keys times window, in jobs of others", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 1, max: 40 }), (count, window) => {
        const order = admitRounds(
          new Array<number>(count).fill(1),
          window,
          Math.ceil((4 * count) / window) + 2,
        );
        const last = new Map<string, number>();
        for (const [place, key] of order.entries()) {
          expect(place - (last.get(key) ?? -1)).toBeLessThanOrEqual(count * window);
          last.set(key, place);
        }
        expect(last.size).toBe(count);
      }),
    );
  });

  const shares = fc.array(
    fc.integer({ min: 1, max: 1_000 }).map((tenths) => tenths / 10),
    { minLength: 2, maxLength: 12 },
  );

  it("gives shares by any weights from 0.1 to 100, never off by more jobs than there are keys", () => {
    fc.assert(
      fc.property(shares, fc.integer({ min: 1, max: 40 }), (weights, window) => {
        const order = admitRounds(weights, window, Math.ceil(1_500 / window));
        const sum = weights.reduce((total, weight) => total + weight, 0);
        for (const [index, weight] of weights.entries()) {
          const count = order.filter((key) => key === `k${index}`).length;
          expect(Math.abs(count - (order.length * weight) / sum)).toBeLessThanOrEqual(weights.length);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("starves no key however small its weight: its next job is at most all weights by its own, and one of each key, away", () => {
    fc.assert(
      fc.property(shares, (weights) => {
        const sum = weights.reduce((total, weight) => total + weight, 0);
        // One by one, so that the order is that of the places.
        const order = admitRounds(weights, 1, 1_000);
        for (const [index, weight] of weights.entries()) {
          const most = sum / weight + weights.length;
          let last = -1;
          for (const [place, key] of order.entries()) {
            if (key !== `k${index}`) continue;
            expect(place - last).toBeLessThanOrEqual(most);
            last = place;
          }
          expect(order.length - last).toBeLessThanOrEqual(most + 1);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("lets a weight that was raised act at once, whatever the smaller one had put on", () => {
    const keys = [
      { key: "raised", waiting: 90, room: 90, pass: 10, weight: 9 },
      { key: "other", waiting: 90, room: 90, pass: 1, weight: 1 },
    ];
    const { admitted } = admitFairly(keys, { base: 0, places: 50 });
    expect(admitted.get("raised")).toBeGreaterThanOrEqual(44);
  });

  it("admits a key that is new before the flood's next, however long the flood has been running", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (admittedBefore) => {
        const flood = { key: "flood", waiting: 20, room: 20, pass: admittedBefore };
        const late = { key: "late", waiting: 1, room: 20, pass: null };
        const { admitted } = admitFairly([flood, late], { base: admittedBefore - 1, places: 1 });
        expect([...admitted]).toEqual([["late", 1]]);
      }),
    );
  });

  it("owes a key nothing for the time in which it wanted nothing", () => {
    const keys = [
      { key: "back", waiting: 20, room: 20, pass: 3 },
      { key: "busy", waiting: 20, room: 20, pass: 1_000 },
    ];
    const { admitted } = admitFairly(keys, { base: 1_000, places: 20 });
    expect(Object.fromEntries(admitted)).toEqual({ back: 10, busy: 10 });
  });

  it("never admits more than places, than a key's room, or than wait, and leaves no place empty that could be used", () => {
    const key = fc.record({
      waiting: fc.nat(10),
      room: fc.oneof(fc.nat(10), fc.constant(Number.POSITIVE_INFINITY)),
      pass: fc.option(fc.nat(50)),
    });
    fc.assert(
      fc.property(fc.array(key, { maxLength: 10 }), fc.nat(40), fc.nat(50), (lines, places, base) => {
        const keys = lines.map((line, index) => ({ ...line, key: `k${index}` }));
        const given = admitFairly(keys, { base, places });
        const all = [...given.admitted.values()].reduce((sum, count) => sum + count, 0);
        const possible = keys.reduce((sum, { waiting, room }) => sum + Math.min(waiting, room), 0);
        expect(all).toBe(Math.min(places, possible));
        for (const { key: name, waiting, room } of keys)
          expect(given.admitted.get(name) ?? 0).toBeLessThanOrEqual(Math.min(waiting, room));
        expect(given.base).toBeGreaterThanOrEqual(base);
      }),
    );
  });

  it("keeps twice the pool's slots in line, and 20 at least", () => {
    expect([0, 4, 10, 50].map(fairWindow)).toEqual([20, 20, 20, 100]);
  });
});
