import { describe, expect, it } from "vitest";
import { readBudget } from "./budget-gauge.ts";
import { newRetryBudget, spendBudget } from "./retry-budget.ts";

const settings = { ratio: 0.2, minPerSecond: 1, windowMs: 30_000 };
const nowMs = 1_000_000;
const random = () => 0.5;

describe("reading a retry budget", () => {
  it("says what spending would say, and spends nothing", () => {
    const { budget, allowed, spent } = spendBudget(newRetryBudget(), 12, {
      nowMs,
      firstStarts: 100,
      promised: 0,
      settings,
      random,
    });
    const facts = { nowMs: nowMs + 100, settings, uncounted: 0 };
    expect(readBudget(budget, facts)).toEqual({ allowed, spent });
    expect(readBudget(budget, facts)).toEqual({ allowed: 50, spent: 12 });
  });

  it("counts first starts that the budget does not know of yet, and none below zero", () => {
    expect(readBudget(null, { nowMs, settings, uncounted: 50 })).toEqual({ allowed: 40, spent: 0 });
    expect(readBudget(null, { nowMs, settings, uncounted: -5 })).toEqual({ allowed: 30, spent: 0 });
  });

  it("forgets what lies before its window", () => {
    const { budget } = spendBudget(newRetryBudget(), 30, {
      nowMs,
      firstStarts: 0,
      promised: 0,
      settings,
      random,
    });
    expect(readBudget(budget, { nowMs: nowMs + 32_000, settings, uncounted: 0 })).toEqual({
      allowed: 30,
      spent: 0,
    });
  });
});
