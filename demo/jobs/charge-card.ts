import { z } from "zod";
import { defineJob } from "#sdk/index.ts";
import { callService, dependencyNames } from "./call-service.ts";
import { appendOrderLine } from "./order-line.ts";

const answer = z.object({
  charge: z.object({
    id: z.string(),
    orderId: z.string(),
    amountCents: z.number(),
    currency: z.string(),
    createdAt: z.iso.datetime(),
  }),
});

/** Charges the card of an order once, and writes the paid order into the sales file of the hour. */
export const chargeCard = defineJob({
  name: "charge-card",
  queue: "billing",
  priority: "critical",
  description: "Charges the card of an order; retries carry the same Idempotency-Key, so nobody pays twice.",
  owner: "Payments",
  dependencies: [dependencyNames.payments],
  input: z.object({
    orderId: z.string(),
    amountCents: z.number().int().min(1),
    currency: z.enum(["EUR", "GBP", "SEK"]),
    card: z.string(),
  }),
  timeouts: { attemptMs: 15_000 },
  retryPolicy: {
    law: { kind: "exponential", baseMs: 1_000, factor: 2, capMs: 30_000 },
    jitter: "equal",
    maxAttempts: 12,
  },
  handler: async (input, ctx) => {
    const { charge } = await callService(ctx, {
      service: "payments",
      method: "POST",
      path: "/charges",
      idempotencyKey: ctx.idempotencyToken,
      body: input,
      answer,
    });
    const { id: chargeId, createdAt: chargedAt, ...order } = charge;
    ctx.log.info("card charged", { chargeId, orderId: order.orderId });
    await appendOrderLine({ chargeId, chargedAt, ...order });
    return { chargeId, amountCents: charge.amountCents };
  },
});
