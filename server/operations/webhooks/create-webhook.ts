import { SignalboxError } from "#core/error.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { hasWebhookNamed, insertWebhook, mostWebhooks } from "#server/store/webhooks/webhooks.ts";
import type { Engine } from "../engine.ts";
import { nameTaken, newSecret, parseWebhook, shownWebhook, webhookTrail } from "./webhook-edit.ts";

/**
 * Add a webhook. Its secret is answered this once. Throws `validation`, or `conflict` for a name that is taken or one
 * webhook too many.
 */
export async function createWebhook(
  engine: Pick<Engine, "pool">,
  { spec, actor }: { spec: unknown; actor: string },
): Promise<{ id: string; secret: string }> {
  const webhook = parseWebhook(spec);
  const secret = newSecret();
  return inTransaction(engine.pool, async (transaction) => {
    const id = await insertWebhook(transaction, { ...webhook, secret, createdBy: actor });
    if (id === null) {
      if (await hasWebhookNamed(transaction, webhook.name)) throw nameTaken(webhook.name);
      throw new SignalboxError(
        "conflict",
        `there are ${mostWebhooks} webhooks already: remove one that nobody needs; nothing was added`,
      );
    }
    await insertAuditEntry(transaction, {
      ...webhookTrail(actor, "create", id),
      after: shownWebhook(webhook),
    });
    return { id, secret };
  });
}
