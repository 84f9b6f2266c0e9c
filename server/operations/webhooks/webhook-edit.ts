import { createHash } from "node:crypto";
import { type WebhookSpec, webhookSchema } from "#core/alert/webhook.ts";
import { SignalboxError } from "#core/error.ts";
import { validationError } from "#core/validation-error.ts";
import type { Queryable } from "#db/client.ts";
import { lockWebhook, type WebhookRow } from "#server/store/webhooks/webhooks.ts";
import { randomSecret } from "#server/system/random.ts";

const secretBytes = 32;
/** Enough to tell two addresses apart, and far too little to find one by. */
const printFigures = 8;

/** A fresh secret, to be told once: `whsec_` and 256 random bits. */
export function newSecret(): string {
  return `whsec_${randomSecret(secretBytes)}`;
}

/** What was given as a webhook, checked; throws `validation`. */
export function parseWebhook(spec: unknown): WebhookSpec {
  const parsed = webhookSchema.safeParse(spec);
  if (!parsed.success) throw validationError(parsed.error, "the webhook");
  return parsed.data;
}

/** The webhook of an id, locked against other edits; throws `not_found`. */
export async function lockKnownWebhook(transaction: Queryable, id: string): Promise<WebhookRow> {
  const webhook = await lockWebhook(transaction, id);
  if (webhook) return webhook;
  throw new SignalboxError("not_found", `there is no webhook ${id}: it may have been removed`);
}

/** The refusal of a name that is another webhook's. */
export function nameTaken(name: string): SignalboxError {
  return new SignalboxError("conflict", `another webhook is called ${name}; nothing was changed`, {
    errors: [{ path: "/name", message: "is another webhook's: give another name" }],
  });
}

/** The head of an audit entry of a webhook. */
export function webhookTrail(actor: string, verb: "create" | "update" | "delete" | "test", id: string) {
  return { actor, action: `webhook.${verb}`, objectKind: "webhook", objectId: id };
}

/**
 * What the audit trail keeps of a webhook, for everybody who may read it: never the secret, and of the address its host,
 * since the paths of chat services are secrets too; a print of the whole tells whether it was changed.
 */
export function shownWebhook({ name, url, kinds, enabled }: WebhookSpec | WebhookRow) {
  const print = createHash("sha256").update(url).digest("hex").slice(0, printFigures);
  return { name, url: `${new URL(url).origin}/… (${print})`, kinds, enabled };
}
