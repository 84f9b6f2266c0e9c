import type { Queryable } from "#db/client.ts";

/** A message to send now, and to whom. */
export interface DueDelivery {
  id: string;
  webhookId: string;
  url: string;
  secret: string;
  event: string;
  /** JSON text as it is signed and sent, but for what is added at the time of sending. */
  body: Record<string, unknown>;
  /** Which send of it this is, from 1. */
  sends: number;
}

/** A message whose sender died is sent again after so long, ms. */
const takenMs = 30_000;

/**
 * Take the next due message of each webhook that is not in `busy`: one at a time for each, so that one that hangs holds up
 * nobody else's. Whoever took it settles it, or it is due again in half a minute.
 */
export async function takeDeliveries(db: Queryable, busy: readonly string[]): Promise<DueDelivery[]> {
  const { rows } = await db.query({
    name: "take-deliveries",
    text: `with due as materialized (
        select d.id from signalbox.webhooks w cross join lateral (
          select id from signalbox.webhook_deliveries
          where webhook_id = w.id and state = 'waiting' and next_at_ms <= (select signalbox.now_ms()) and (w.enabled or event = 'test')
          order by next_at_ms, id limit 1 for update skip locked) d
        where w.id <> all($1::bigint[]))
      update signalbox.webhook_deliveries d set next_at_ms = signalbox.now_ms() + ${takenMs}, sends = sends + 1
      from due, signalbox.webhooks w where d.id = due.id and w.id = d.webhook_id
      returning d.id::text as id, w.id::text as "webhookId", w.url, w.secret, d.event, d.body, d.sends`,
    values: [busy],
  });
  return rows as DueDelivery[];
}
