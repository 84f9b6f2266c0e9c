import { SignalboxError } from "#core/error.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { updateWebhook as write } from "#server/store/webhooks/webhooks.ts";
import type { Engine } from "../engine.ts";
import {
  lockKnownWebhook,
  nameTaken,
  newSecret,
  parseWebhook,
  shownWebhook,
  webhookTrail,
} from "./webhook-edit.ts";

export interface UpdateWebhook {
  id: string;
  /** The version that the edit started from. */
  expectedVersion: number;
  /** Not yet checked; see core/alert/webhook.ts. */
  spec: unknown;
  /** Give it a fresh secret; the old one signs nothing any more. */
  newSecret: boolean;
  actor: string;
}

/**
 * Change a webhook; a new secret is answered this once. Throws `validation`, `not_found`, `version_conflict`, or
 * `conflict` for a name that is taken.
 */
export async function updateWebhook(
  engine: Pick<Engine, "pool">,
  edit: UpdateWebhook,
): Promise<{ secret: string | null }> {
  const { id, actor } = edit;
  const webhook = parseWebhook(edit.spec);
  const secret = edit.newSecret ? newSecret() : null;
  await inTransaction(engine.pool, async (transaction) => {
    const before = await lockKnownWebhook(transaction, id);
    if (before.version !== edit.expectedVersion)
      throw new SignalboxError(
        "version_conflict",
        `webhook ${before.name} was changed since you read it: nothing was written; read it again and decide on that`,
      );
    if (!(await write(transaction, id, { ...webhook, secret }))) throw nameTaken(webhook.name);
    await insertAuditEntry(transaction, {
      ...webhookTrail(actor, "update", id),
      before: shownWebhook(before),
      after: { ...shownWebhook(webhook), ...(secret === null ? {} : { secret: "replaced" }) },
    });
  });
  return { secret };
}
