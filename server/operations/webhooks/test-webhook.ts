import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { isoTime } from "#server/store/jobs/job-view.ts";
import { insertTestDelivery } from "#server/store/webhooks/insert-deliveries.ts";
import type { Engine } from "../engine.ts";
import { lockKnownWebhook, webhookTrail } from "./webhook-edit.ts";

/** Queue a test message, which the dispatcher sends, also to a webhook that is off. Throws `not_found`. */
export async function testWebhook(
  engine: Pick<Engine, "pool" | "clock">,
  { id, actor }: { id: string; actor: string },
): Promise<{ deliveryId: string }> {
  return inTransaction(engine.pool, async (transaction) => {
    const webhook = await lockKnownWebhook(transaction, id);
    const body = {
      event: "test",
      at: isoTime(engine.clock.nowMs()),
      message: `Signalbox can reach ${webhook.name}.`,
      sentBy: actor,
    };
    const deliveryId = await insertTestDelivery(transaction, id, body);
    await insertAuditEntry(transaction, {
      ...webhookTrail(actor, "test", id),
      after: { name: webhook.name },
    });
    return { deliveryId };
  });
}
