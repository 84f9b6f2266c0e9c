import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { deleteWebhook as remove } from "#server/store/webhooks/webhooks.ts";
import type { Engine } from "../engine.ts";
import { lockKnownWebhook, shownWebhook, webhookTrail } from "./webhook-edit.ts";

/** Remove a webhook with its messages. Throws `not_found`. */
export async function deleteWebhook(
  engine: Pick<Engine, "pool">,
  { id, actor }: { id: string; actor: string },
): Promise<void> {
  await inTransaction(engine.pool, async (transaction) => {
    const before = await lockKnownWebhook(transaction, id);
    await remove(transaction, id);
    await insertAuditEntry(transaction, {
      ...webhookTrail(actor, "delete", id),
      before: shownWebhook(before),
    });
  });
}
