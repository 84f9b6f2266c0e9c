import type { Queryable } from "#db/client.ts";
import type { BudgetReference } from "./lock-retry-budgets.ts";

/** Write a budget that the transaction has locked. */
export async function saveRetryBudget(
  transaction: Queryable,
  { kind, reference }: BudgetReference,
  body: unknown,
  atMs: number,
): Promise<void> {
  await transaction.query({
    name: "save-retry-budget",
    text: "update signalbox.retry_budgets set body = $3, at_ms = $4 where kind = $1 and reference = $2",
    values: [kind, reference, JSON.stringify(body), Math.floor(atMs)],
  });
}
