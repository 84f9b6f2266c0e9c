import type { Queryable } from "#db/client.ts";

/** What came of one send. `retryInMs` null ends it. */
export interface DeliveryResult {
  id: string;
  /** Which send it was: a later one, by whoever took it meanwhile, is left alone. */
  sends: number;
  delivered: boolean;
  status: number | null;
  problem: string | null;
  tookMs: number;
  retryInMs: number | null;
}

/** Write what came of one send. */
export async function settleDelivery(db: Queryable, result: DeliveryResult): Promise<void> {
  const { id, sends, delivered, status, problem, tookMs, retryInMs } = result;
  const state = delivered ? "delivered" : retryInMs === null ? "failed" : "waiting";
  await db.query({
    name: "settle-delivery",
    text: `update signalbox.webhook_deliveries set state = $3, status = $4, problem = $5, took_ms = $6,
        next_at_ms = signalbox.now_ms() + coalesce($7, 0),
        ended_at_ms = case when $3 <> 'waiting' then signalbox.now_ms() end
      where id = $1 and sends = $2 and state = 'waiting'`,
    values: [id, sends, state, status, problem, Math.round(tookMs), retryInMs],
  });
}
