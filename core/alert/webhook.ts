import { z } from "zod";
import { storableText } from "../definition/storable-text.ts";
import { webhookKinds } from "./webhook-kinds.ts";

/** What a receiver is told. */
export const webhookEvents = [
  "alert.opened",
  "alert.escalated",
  "alert.cleared",
  "scaling.wanted",
  "test",
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/**
 * Where alerts are sent: a name of 1…100 characters, an http or https address without a password in it, the kinds it
 * is told of (none named: all kinds of alerts), whether it is told at all.
 */
export const webhookSchema = z.strictObject({
  name: storableText(1, 100).refine((name) => name.trim() === name, "may not begin or end with a space"),
  url: z
    .url({ protocol: /^https?$/, error: "must be an http or https URL" })
    .max(2_000)
    .refine((url) => !/^https?:\/\/[^/?#]*@/i.test(url), "must not carry a user name or password"),
  kinds: z
    .array(z.enum(webhookKinds))
    .max(webhookKinds.length)
    .refine((kinds) => new Set(kinds).size === kinds.length, "must not name a kind twice"),
  enabled: z.boolean(),
});
export type WebhookSpec = z.infer<typeof webhookSchema>;
