import type { Queryable } from "#db/client.ts";
import { type BulkRow, bulkColumns } from "./bulk-row.ts";

/** An operation; null when there is none of that id. */
export async function findBulk(db: Queryable, id: string): Promise<BulkRow | null> {
  const { rows } = await db.query({
    name: "find-bulk",
    text: `select ${bulkColumns} from signalbox.bulk_operations where id = $1`,
    values: [id],
  });
  return (rows[0] as BulkRow | undefined) ?? null;
}

/** The same, locked until the transaction ends: whoever changes an operation holds it. */
export async function lockBulk(transaction: Queryable, id: string): Promise<BulkRow | null> {
  const { rows } = await transaction.query({
    name: "lock-bulk",
    text: `select ${bulkColumns} from signalbox.bulk_operations where id = $1 for update`,
    values: [id],
  });
  return (rows[0] as BulkRow | undefined) ?? null;
}
