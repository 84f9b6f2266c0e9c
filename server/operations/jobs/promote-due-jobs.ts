import { inTransaction, retryDeadlock } from "#db/transaction.ts";
import { deferRetries } from "#server/store/jobs/defer-retries.ts";
import { lockDue } from "#server/store/jobs/lock-due.ts";
import { type Promotion, promoteDue } from "#server/store/jobs/promote-due.ts";
import { promoteLocked } from "#server/store/jobs/promote-locked.ts";
import type { Engine } from "../engine.ts";
import { limitsKeys } from "../flow/limits-keys.ts";
import { hasBudgets, spendRetryBudgets } from "../flow/spend-retry-budgets.ts";

/** A promotion, with how many due retries a budget put off instead. */
export interface BudgetedPromotion extends Promotion {
  deferred: number;
}

/**
 * Put up to `limit` jobs that have become due in line and wake the workers that serve them. Retries spend the budgets of
 * what they call; those beyond are put off and use no attempt. A job whose concurrency key is limited waits for its turn there.
 */
export async function promoteDueJobs(engine: Engine, limit: number): Promise<BudgetedPromotion> {
  const promotion = await retryDeadlock(() =>
    hasBudgets(engine.catalog.current) || limitsKeys(engine.catalog.current)
      ? promoteWithBudgets(engine, limit)
      : promoteAll(engine, limit),
  );
  if (promotion.moved > 0) engine.wake.send(promotion.lanes);
  return promotion;
}

async function promoteAll(engine: Engine, limit: number): Promise<BudgetedPromotion> {
  return { ...(await promoteDue(engine.claims, limit)), deferred: 0 };
}

function promoteWithBudgets(engine: Engine, limit: number): Promise<BudgetedPromotion> {
  return inTransaction(engine.claims, async (transaction) => {
    const due = await lockDue(transaction, limit);
    const retries = due.filter(({ retry }) => retry);
    const { granted, deferred } = await spendRetryBudgets(engine, transaction, retries);
    if (deferred !== null) await deferRetries(transaction, deferred.ids, deferred);
    const ids = due.filter(({ id, retry }) => !retry || granted.has(id)).map(({ id }) => id);
    return { ...(await promoteLocked(transaction, ids)), deferred: deferred?.ids.length ?? 0 };
  });
}
