import type { Queryable } from "#db/client.ts";

/** One message for every webhook that is told of its kind: of an alert, or of the workers that a pool wants. */
export interface WebhookMessage {
  alertId: string | null;
  /** A kind of alerts, or `scaling`, which only goes where it is asked for by name. */
  kind: string;
  event: string;
  body: unknown;
}

/** Queue messages for every enabled webhook that wants their kind. */
export async function insertDeliveries(
  transaction: Queryable,
  messages: readonly WebhookMessage[],
): Promise<void> {
  if (messages.length === 0) return;
  await transaction.query({
    name: "insert-deliveries",
    text: `insert into signalbox.webhook_deliveries (webhook_id, alert_id, event, body)
      select w.id, m."alertId", m.event, m.body
      from jsonb_to_recordset($1::jsonb) as m("alertId" bigint, kind text, event text, body jsonb)
      join signalbox.webhooks w on w.enabled and (cardinality(w.kinds) = 0 and m.kind <> 'scaling' or m.kind = any(w.kinds))`,
    values: [JSON.stringify(messages)],
  });
}

/** Queue a test message for one webhook, enabled or not. Returns its id. */
export async function insertTestDelivery(
  transaction: Queryable,
  webhookId: string,
  body: unknown,
): Promise<string> {
  const { rows } = await transaction.query({
    text: `insert into signalbox.webhook_deliveries (webhook_id, event, body) values ($1, 'test', $2) returning id::text as id`,
    values: [webhookId, JSON.stringify(body)],
  });
  return (rows[0] as { id: string }).id;
}
