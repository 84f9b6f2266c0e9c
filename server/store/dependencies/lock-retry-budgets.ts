import type { Queryable } from "#db/client.ts";

/** Whose budget: a dependency's or a definition's. */
export interface BudgetReference {
  kind: "dependency" | "definition";
  reference: number;
}

/** A budget under its lock. */
export interface BudgetRow extends BudgetReference {
  body: unknown;
  /** When it was last spent from, by the database's clock. */
  atMs: number;
}

/** Lock these budgets until the transaction ends, in one order, making those that are not there yet. */
export async function lockRetryBudgets(
  transaction: Queryable,
  references: readonly BudgetReference[],
): Promise<BudgetRow[]> {
  const values = [references.map(({ kind }) => kind), references.map(({ reference }) => reference)];
  await transaction.query({
    name: "make-retry-budgets",
    text: `insert into signalbox.retry_budgets (kind, reference, body, at_ms)
      select kind, reference, '{}', signalbox.now_ms() - 30000 from unnest($1::text[], $2::int[]) as t(kind, reference)
      order by kind, reference on conflict do nothing`,
    values,
  });
  const { rows } = await transaction.query({
    name: "lock-retry-budgets",
    text: `select b.kind, b.reference, b.body, b.at_ms::float8 as "atMs"
      from signalbox.retry_budgets b join unnest($1::text[], $2::int[]) as t(kind, reference) using (kind, reference)
      order by b.kind, b.reference for update of b`,
    values,
  });
  return rows as BudgetRow[];
}
