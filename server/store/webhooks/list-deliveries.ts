import type { Queryable } from "#db/client.ts";

export interface DeliveryRow {
  id: string;
  alertId: string | null;
  event: string;
  state: "waiting" | "delivered" | "failed";
  sends: number;
  createdAtMs: number;
  /** When it is sent next; null when it is done with. */
  nextAtMs: number | null;
  endedAtMs: number | null;
  status: number | null;
  problem: string | null;
  tookMs: number | null;
}

/** Messages to one webhook, newest first, from before an id. */
export async function listDeliveries(
  db: Queryable,
  webhookId: string,
  beforeId: string | null,
  limit: number,
): Promise<DeliveryRow[]> {
  const { rows } = await db.query({
    name: "list-deliveries",
    text: `select id::text as id, alert_id::text as "alertId", event, state, sends, created_at_ms::float8 as "createdAtMs",
        case when state = 'waiting' then next_at_ms::float8 end as "nextAtMs", ended_at_ms::float8 as "endedAtMs",
        status, problem, took_ms as "tookMs"
      from signalbox.webhook_deliveries where webhook_id = $1 and ($2::bigint is null or id < $2)
      order by id desc limit $3`,
    values: [webhookId, beforeId, limit],
  });
  return rows as DeliveryRow[];
}
