import { z } from "zod";
import { defineJob } from "#sdk/index.ts";
import { callService, dependencyNames } from "./call-service.ts";

const answer = z.object({
  refund: z.object({ id: z.string(), chargeId: z.string(), amountCents: z.number() }),
});

/** Pays back a part or all of an order. An order that is not charged yet is refused with 409 and tried later. */
export const refundCharge = defineJob({
  name: "refund-charge",
  queue: "billing",
  priority: "normal",
  description: "Pays back a part or all of an order once.",
  owner: "Payments",
  dependencies: [dependencyNames.payments],
  input: z.object({ orderId: z.string(), amountCents: z.number().int().min(1), reason: z.string().max(200) }),
  timeouts: { attemptMs: 15_000 },
  retryPolicy: {
    law: { kind: "linear", baseMs: 5_000, stepMs: 5_000, capMs: 60_000 },
    jitter: "full",
    maxAttempts: 15,
  },
  handler: async ({ orderId, amountCents }, ctx) => {
    const { refund } = await callService(ctx, {
      service: "payments",
      method: "POST",
      path: "/refunds",
      idempotencyKey: ctx.idempotencyToken,
      body: { orderId, amountCents },
      answer,
    });
    return { refundId: refund.id, chargeId: refund.chargeId, amountCents: refund.amountCents };
  },
});
