import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../random.ts";
import {
  advanceBackoffMultiplier,
  type BackoffMultiplier,
  type MultiplierChange,
  newBackoffMultiplier,
  type PressureFacts,
} from "./backoff-multiplier.ts";

const calm: Omit<PressureFacts, "nowMs"> = {
  calls: 500,
  failures: 5,
  backlogMs: 1_000,
  budgetMs: 60_000,
  p99Ms: 200,
  usualP99Ms: 200,
  settings: { enabled: true, max: 16 },
};

/** Looks every 5 s with the facts of each second, from a given state. */
function run(
  seconds: number,
  given: (second: number) => Partial<PressureFacts>,
  from = newBackoffMultiplier(0),
  fromMs = 0,
): { multiplier: BackoffMultiplier; changes: (MultiplierChange & { atMs: number })[] } {
  let multiplier = from;
  const changes: (MultiplierChange & { atMs: number })[] = [];
  for (let second = 1; second <= seconds; second += 1) {
    const nowMs = fromMs + second * 1_000;
    const next = advanceBackoffMultiplier(multiplier, { ...calm, nowMs, ...given(second) });
    multiplier = next.multiplier;
    if (next.change) changes.push({ ...next.change, atMs: nowMs });
  }
  return { multiplier, changes };
}

const failing = () => ({ calls: 100, failures: 40 });

describe("the backoff multiplier", () => {
  it("grows by half every 10 s while far more calls fail than is tolerable, and no further than the most", () => {
    const { changes, multiplier } = run(120, failing);
    expect(changes.slice(0, 3).map(({ atMs, to }) => [atMs, to])).toEqual([
      [10_000, 1.5],
      [20_000, 2.25],
      [30_000, 3.375],
    ]);
    expect(multiplier.value).toBe(16);
  });

  it("says in words and figures why it changed", () => {
    const [first] = run(10, failing).changes;
    expect(first?.cause).toMatch(
      /^\d+ % of its calls fail, 10 % are tolerable \(pressure [\d.]+\): delays grow from 1 to 1.5 times$/,
    );
    expect(first?.figures).toMatchObject({ from: 1, to: 1.5 });
    const [slow] = run(60, () => ({ p99Ms: 900 })).changes;
    expect(slow?.cause).toContain("takes longer than 900 ms, the usual is 200 ms");
    const [full] = run(60, () => ({ backlogMs: 600_000 })).changes;
    expect(full?.cause).toContain("its jobs wait 10 min, 1 min are tolerable");
  });

  it("relaxes after the trouble to 1 exactly, more slowly than it grew", () => {
    const trouble = run(60, failing);
    const after = run(900, () => ({}), trouble.multiplier, 60_000);
    expect(after.multiplier.value).toBe(1);
    // What was seen fades over half a minute: it may grow a little more, then only shrinks.
    const falling = after.changes.slice(after.changes.findIndex(({ from, to }) => to < from));
    expect(falling.every(({ from, to }) => to < from)).toBe(true);
    const gaps = falling.slice(1).map(({ atMs }, at) => atMs - (falling[at]?.atMs ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(30_000);
  });

  it("holds within the dead band: a pressure about 1 changes nothing, from wherever it comes", () => {
    const high = run(60, failing).multiplier;
    const within = { ...high, failures: 0.1 * (high.calls + 20) };
    expect(run(300, () => ({ calls: 100, failures: 10 }), within, 60_000).changes).toEqual([]);
  });

  it("is 1 when it is switched off, and no more than a lowered most, at the next call", () => {
    const { multiplier } = run(120, failing);
    const off = advanceBackoffMultiplier(multiplier, {
      ...calm,
      nowMs: 120_100,
      settings: { enabled: false, max: 16 },
    });
    expect(off.change).toMatchObject({ from: 16, to: 1 });
    const less = advanceBackoffMultiplier(multiplier, {
      ...calm,
      nowMs: 120_100,
      settings: { enabled: true, max: 4 },
    });
    expect(less.change).toMatchObject({ from: 16, to: 4 });
  });

  it("knows nothing and does nothing without figures, and survives a clock that goes back", () => {
    const unknown = { calls: 0, failures: 0, backlogMs: null, budgetMs: null, p99Ms: null, usualP99Ms: null };
    expect(run(300, () => unknown).changes).toEqual([]);
    const back = advanceBackoffMultiplier(newBackoffMultiplier(1_000_000), { ...calm, nowMs: 5_000 });
    expect(back.multiplier.lookedMs).toBe(5_000);
  });

  it("never turns round in 1,000 healthy minutes of 0.5 to 1,000 calls/s with 0 to 5 % of failures", () => {
    for (let seed = 1; seed <= 1_000; seed += 1) {
      const random = seededRandom(seed);
      const perSecond = 10 ** (random() * 3.3 - 0.3);
      const share = random() * 0.05;
      const { changes } = run(60, () => {
        const calls = Math.floor(perSecond * 2 * random() + random());
        let failures = 0;
        for (let call = 0; call < Math.min(calls, 200); call += 1) if (random() < share) failures += 1;
        const p99Ms = 200 * (0.6 + random() * 0.9);
        return { calls: Math.min(calls, 200), failures, p99Ms, backlogMs: 20_000 * random() };
      });
      expect(changes).toEqual([]);
    }
  });

  it("stays between 1 and the most, whatever it is told", () => {
    const facts = fc.record({
      calls: fc.nat(1_000),
      failures: fc.nat(1_000),
      backlogMs: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true })),
      p99Ms: fc.option(fc.double({ min: 0, max: 1e7, noNaN: true })),
      usualP99Ms: fc.option(fc.nat(10_000)),
    });
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 100 }), fc.integer({ min: 1, max: 64 }), (drawn, max) => {
        let multiplier = newBackoffMultiplier(0);
        drawn.forEach((given, at) => {
          const next = { ...calm, ...given, nowMs: at * 5_000, settings: { enabled: true, max } };
          multiplier = advanceBackoffMultiplier(multiplier, next).multiplier;
          expect(multiplier.value).toBeGreaterThanOrEqual(1);
          expect(multiplier.value).toBeLessThanOrEqual(max);
        });
      }),
    );
  });
});
