import { newRetryBudget, type RetryBudget, spendBudget } from "./retry-budget.ts";
import type { RetryBudgetSettings } from "./retry-budget-settings.ts";

/** What a retry budget allows in its window, and what of it is spent. */
export interface BudgetGauge {
  allowed: number;
  spent: number;
}

/**
 * Read a budget without spending from it. `uncounted` are first starts since it was last spent from, which it does not
 * know of yet: a budget that nothing asks is not counted anew.
 */
export function readBudget(
  budget: RetryBudget | null,
  facts: { nowMs: number; settings: RetryBudgetSettings; uncounted: number },
): BudgetGauge {
  const { nowMs, settings, uncounted } = facts;
  const { allowed, spent } = spendBudget(budget ?? newRetryBudget(), 0, {
    nowMs,
    firstStarts: Math.max(0, uncounted),
    promised: 0,
    settings,
    random: () => 0,
  });
  return { allowed, spent };
}
