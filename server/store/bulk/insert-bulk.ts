import type { Queryable } from "#db/client.ts";
import type { BulkRow } from "./bulk-row.ts";

export type NewBulk = Pick<
  BulkRow,
  | "id"
  | "act"
  | "filter"
  | "takesBack"
  | "reason"
  | "actor"
  | "state"
  | "freezeCursor"
  | "confirmed"
  | "guard"
>;

/** Write a new operation; its items are appended by {@link ./append-bulk-items.ts}. */
export async function insertBulk(transaction: Queryable, bulk: NewBulk): Promise<void> {
  const { action, ...params } = bulk.act;
  await transaction.query({
    text: `insert into signalbox.bulk_operations (id, action, params, filter, takes_back, reason, actor, state,
        freeze_cursor, confirmed, guard, started_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, case when $8 = 'running' then clock_timestamp() end)`,
    values: [
      bulk.id,
      action,
      JSON.stringify(params),
      bulk.filter === null ? null : JSON.stringify(bulk.filter),
      bulk.takesBack,
      bulk.reason,
      bulk.actor,
      bulk.state,
      bulk.freezeCursor,
      bulk.confirmed,
      JSON.stringify(bulk.guard),
    ],
  });
}
