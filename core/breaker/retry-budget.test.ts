import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../random.ts";
import { newRetryBudget, type RetryBudget, spendBudget } from "./retry-budget.ts";
import { retryBudgetSchema } from "./retry-budget-settings.ts";

const settings = retryBudgetSchema.parse({});
const spend = (budget: RetryBudget, wanted: number, nowMs: number, firstStarts = 0) =>
  spendBudget(budget, wanted, { nowMs, firstStarts, promised: 0, settings, random: () => 0 });

describe("spendBudget", () => {
  it("always allows minPerSecond over the window, and a share of first starts besides", () => {
    expect(spend(newRetryBudget(), 100, 0)).toMatchObject({ granted: 30, allowed: 30, spent: 30 });
    expect(spend(newRetryBudget(), 100, 0, 200)).toMatchObject({ granted: 70, allowed: 70, spent: 70 });
  });

  it("puts off the rest, never before there can be a token, and says how fast the budget fills", () => {
    const { deferUntilMs, refillPerSecond } = spend(newRetryBudget(), 31, 1_000);
    expect(deferUntilMs).toBe(2_000);
    expect(refillPerSecond).toBe(1);
    const late = spendBudget(newRetryBudget(), 31, {
      nowMs: 1_000,
      firstStarts: 0,
      promised: 0,
      settings,
      random: () => 0.999,
    });
    expect(late.deferUntilMs).toBeGreaterThan(2_490);
    expect(spend(newRetryBudget(), 30, 1_000).deferUntilMs).toBeNull();
  });

  it("gives back by the clock what was spent a window ago", () => {
    const { budget } = spend(newRetryBudget(), 30, 0);
    expect(spend(budget, 5, 30_000).granted).toBe(0);
    expect(spend(budget, 5, 31_000).granted).toBe(5);
  });

  it("grants nothing and invents nothing when nothing is asked or the clock goes back", () => {
    const { budget } = spend(newRetryBudget(), 30, 50_000);
    expect(spend(budget, 0, 50_000)).toMatchObject({ granted: 0, deferUntilMs: null });
    expect(spend(budget, 10, 40_000).granted).toBe(0);
  });

  it("puts each of a long line off about once, and lets nobody who comes later take a token of theirs", () => {
    const random = seededRandom(7);
    let budget = newRetryBudget();
    const line = Array.from({ length: 500 }, () => ({ dueMs: 0, putOff: 0 }));
    const started: { atMs: number; putOff: number }[] = [];
    for (let nowMs = 0; line.length > 0 && nowMs < 1_000_000; nowMs += 100) {
      // One more fails each second, and would be quicker than those who wait.
      if (nowMs % 1_000 === 0 && nowMs > 0 && nowMs < 60_000) line.push({ dueMs: nowMs, putOff: 0 });
      const due = line.filter(({ dueMs }) => dueMs <= nowMs).sort((a, b) => b.putOff - a.putOff);
      if (due.length === 0) continue;
      const promised = due.filter(({ putOff }) => putOff > 0).length;
      const spent = spendBudget(budget, due.length, { nowMs, firstStarts: 0, promised, settings, random });
      budget = spent.budget;
      for (const [place, retry] of due.entries()) {
        if (place < spent.granted) {
          line.splice(line.indexOf(retry), 1);
          started.push({ atMs: nowMs, putOff: retry.putOff });
          continue;
        }
        retry.putOff++;
        const gapMs = 1_000 / spent.refillPerSecond;
        retry.dueMs = (spent.deferUntilMs ?? nowMs) + gapMs * (place - spent.granted);
      }
    }
    expect(line).toHaveLength(0);
    expect(started.reduce((sum, { putOff }) => sum + putOff, 0)).toBeLessThan(1.5 * started.length);
    expect(Math.max(...started.map(({ putOff }) => putOff))).toBeLessThanOrEqual(3);
  });

  it("bounds the amplification: retries never exceed ratio · first starts + minPerSecond · (time + window)", () => {
    const asks = fc.array(
      fc.record({
        stepMs: fc.nat(5_000),
        firstStarts: fc.oneof(fc.nat(5), fc.nat(2_000)),
        wanted: fc.oneof(fc.nat(5), fc.nat(5_000)),
      }),
      { minLength: 1, maxLength: 80 },
    );
    const limits = fc.record({
      ratio: fc.double({ min: 0, max: 1, noNaN: true }),
      minPerSecond: fc.double({ min: 0.1, max: 10, noNaN: true }),
      windowMs: fc.integer({ min: 1_000, max: 60_000 }),
    });
    fc.assert(
      fc.property(asks, limits, fc.integer(), (drawn, limit, seed) => {
        const random = seededRandom(seed);
        let budget = newRetryBudget();
        let [nowMs, firsts, retries] = [0, 0, 0];
        for (const { stepMs, firstStarts, wanted } of drawn) {
          nowMs += stepMs;
          firsts += firstStarts;
          const spent = spendBudget(budget, wanted, {
            nowMs,
            firstStarts,
            promised: wanted,
            settings: limit,
            random,
          });
          budget = spent.budget;
          retries += spent.granted;
          expect(spent.granted).toBeLessThanOrEqual(wanted);
          if (spent.granted < wanted) expect(spent.deferUntilMs).toBeGreaterThan(nowMs);
          const always = (limit.minPerSecond * (nowMs + limit.windowMs)) / 1_000;
          expect(retries).toBeLessThanOrEqual(limit.ratio * firsts + always + 1e-6);
        }
      }),
    );
  });
});
