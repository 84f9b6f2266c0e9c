import type { Queryable } from "#db/client.ts";

/** A due row of `scheduled`, locked by the transaction. */
export interface DueRow {
  id: string;
  lane: number;
  retry: boolean;
  /** How often a retry budget has put it off since its failure. */
  deferrals: number;
}

/** Lock up to `limit` due jobs, oldest first, passing over what others hold. Index: scheduled_order. */
export async function lockDue(transaction: Queryable, limit: number): Promise<DueRow[]> {
  const { rows } = await transaction.query({
    name: "lock-due",
    text: `select s.id::text as id, s.lane, s.retry, s.deferrals::int from signalbox.scheduled s where s.run_at_ms <= (select signalbox.now_ms())
      order by s.run_at_ms, s.id limit $1 for update skip locked`,
    values: [limit],
  });
  return rows as DueRow[];
}
