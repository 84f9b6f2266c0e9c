import { type WebhookSpec, webhookSchema } from "#core/alert/webhook.ts";
import { SignalboxError } from "#core/error.ts";
import { validationError } from "#core/validation-error.ts";
import type { Queryable } from "#db/client.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { isoTime } from "#server/store/jobs/job-view.ts";
import { insertTestDelivery } from "#server/store/webhooks/insert-deliveries.ts";
import {
  insertWebhook,
  lockWebhook,
  mostWebhooks,
  deleteWebhook as remove,
  type WebhookRow,
  updateWebhook as write,
} from "#server/store/webhooks/webhooks.ts";
import { randomSecret } from "#server/system/random.ts";
import type { Engine } from "../engine.ts";

const secretBytes = 32;

/** A fresh secret, to be told once: `whsec_` and 256 random bits. */
function newSecret(): string {
  return `whsec_${randomSecret(secretBytes)}`;
}

function parse(spec: unknown): WebhookSpec {
  const parsed = webhookSchema.safeParse(spec);
  if (!parsed.success) throw validationError(parsed.error, "the webhook");
  return parsed.data;
}

function nameTaken(name: string): SignalboxError {
  return new SignalboxError("conflict", `another webhook is called ${name}; nothing was changed`, {
    errors: [{ path: "/name", message: "is another webhook's: give another name" }],
  });
}

/** Add a webhook. Its secret is answered this once. Throws `validation`, or `conflict` for a name that is taken or one too many. */
export async function createWebhook(
  engine: Pick<Engine, "pool">,
  { spec, actor }: { spec: unknown; actor: string },
): Promise<{ id: string; secret: string }> {
  const webhook = parse(spec);
  const secret = newSecret();
  const id = await inTransaction(engine.pool, async (transaction) => {
    const added = await insertWebhook(transaction, { ...webhook, secret, createdBy: actor });
    if (added === null) return null;
    await insertAuditEntry(transaction, { ...trail(actor, "create", added), after: shown(webhook) });
    return added;
  });
  if (id !== null) return { id, secret };
  const { rowCount } = await engine.pool.query("select from signalbox.webhooks where name = $1", [
    webhook.name,
  ]);
  if (rowCount === 1) throw nameTaken(webhook.name);
  throw new SignalboxError(
    "conflict",
    `there are ${mostWebhooks} webhooks already: remove one that nobody needs; nothing was added`,
  );
}

/**
 * Change a webhook; with `newSecret` it gets a fresh one, answered this once. Throws `validation`, `not_found`,
 * `version_conflict`, or `conflict` for a name that is taken.
 */
export async function updateWebhook(
  engine: Pick<Engine, "pool">,
  edit: { id: string; expectedVersion: number; spec: unknown; newSecret: boolean; actor: string },
): Promise<{ secret: string | null }> {
  const { id, actor } = edit;
  const webhook = parse(edit.spec);
  const secret = edit.newSecret ? newSecret() : null;
  await inTransaction(engine.pool, async (transaction) => {
    const before = await lock(transaction, id);
    if (before.version !== edit.expectedVersion)
      throw new SignalboxError(
        "version_conflict",
        `webhook ${before.name} was changed since you read it: nothing was written; read it again and decide on that`,
      );
    if (!(await write(transaction, id, { ...webhook, secret }))) throw nameTaken(webhook.name);
    await insertAuditEntry(transaction, {
      ...trail(actor, "update", id),
      before: shown(before),
      after: { ...shown(webhook), ...(secret === null ? {} : { secret: "replaced" }) },
    });
  });
  return { secret };
}

/** Remove a webhook with its messages. Throws `not_found`. */
export async function deleteWebhook(
  engine: Pick<Engine, "pool">,
  { id, actor }: { id: string; actor: string },
): Promise<void> {
  await inTransaction(engine.pool, async (transaction) => {
    const before = await lock(transaction, id);
    await remove(transaction, id);
    await insertAuditEntry(transaction, { ...trail(actor, "delete", id), before: shown(before) });
  });
}

/** Queue a test message, which the dispatcher sends. Throws `not_found`. */
export async function testWebhook(
  engine: Pick<Engine, "pool" | "clock">,
  { id, actor }: { id: string; actor: string },
): Promise<{ deliveryId: string }> {
  return inTransaction(engine.pool, async (transaction) => {
    const webhook = await lock(transaction, id);
    const body = {
      event: "test",
      at: isoTime(engine.clock.nowMs()),
      message: `Signalbox can reach ${webhook.name}.`,
      sentBy: actor,
    };
    const deliveryId = await insertTestDelivery(transaction, id, body);
    await insertAuditEntry(transaction, { ...trail(actor, "test", id), after: { name: webhook.name } });
    return { deliveryId };
  });
}

async function lock(transaction: Queryable, id: string): Promise<WebhookRow> {
  const webhook = await lockWebhook(transaction, id);
  if (webhook) return webhook;
  throw new SignalboxError("not_found", `there is no webhook ${id}: it may have been removed`);
}

function trail(actor: string, verb: string, id: string) {
  return { actor, action: `webhook.${verb}`, objectKind: "webhook", objectId: id };
}

/** What the audit trail keeps: never the secret, nor what an address carries behind its path. */
function shown({ name, url, kinds, enabled }: WebhookSpec | WebhookRow) {
  return { name, url: url.replace(/[?#].*$/s, "?…"), kinds, enabled };
}
