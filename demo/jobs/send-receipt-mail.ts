import { z } from "zod";
import { defineJob } from "#sdk/index.ts";
import { callService, dependencyNames } from "./call-service.ts";

const answer = z.object({ message: z.object({ id: z.string(), subject: z.string() }) });

/** Sends the receipt (or the word of a refund) for an order: at most one mail, however often it is tried. */
export const sendReceiptMail = defineJob({
  name: "send-receipt-mail",
  queue: "mail",
  priority: "high",
  description: "Sends a customer the receipt or the refund notice of an order.",
  owner: "Customer messages",
  dependencies: [dependencyNames.mail],
  input: z.object({
    to: z.string(),
    template: z.enum(["receipt", "refund"]),
    orderId: z.string(),
    customer: z.string(),
    currency: z.string(),
    lines: z
      .array(z.object({ name: z.string(), quantity: z.number().int(), unitCents: z.number().int() }))
      .max(100),
  }),
  timeouts: { attemptMs: 15_000 },
  handler: async ({ to, template, ...data }, ctx) => {
    const { message } = await callService(ctx, {
      service: "mail",
      method: "POST",
      path: "/messages",
      idempotencyKey: ctx.idempotencyToken,
      body: { to, template, data },
      answer,
    });
    return { messageId: message.id, subject: message.subject };
  },
});
