import type { Queryable } from "#db/client.ts";

/** A due row of `scheduled`, locked by the transaction. */
export interface DueRow {
  id: string;
  lane: number;
  retry: boolean;
}

/** Lock up to `limit` due jobs, oldest first, passing over what others hold. Index: scheduled_order. */
export async function lockDue(transaction: Queryable, limit: number): Promise<DueRow[]> {
  const { rows } = await transaction.query({
    name: "lock-due",
    text: `select id::text as id, lane, retry from signalbox.scheduled where run_at_ms <= (select signalbox.now_ms())
      order by run_at_ms, id limit $1 for update skip locked`,
    values: [limit],
  });
  return rows as DueRow[];
}
