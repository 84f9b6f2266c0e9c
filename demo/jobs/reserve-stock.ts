import { z } from "zod";
import { defineJob } from "#sdk/index.ts";
import { callService, dependencyNames } from "./call-service.ts";

const answer = z.object({ reservation: z.object({ id: z.string() }), left: z.number() });

/** Takes one line of an order from the warehouse's stock. */
export const reserveStock = defineJob({
  name: "reserve-stock",
  queue: "warehouse",
  priority: "high",
  description:
    "Takes one line of an order from stock; an article that is locked for a moment is tried again.",
  owner: "Warehouse",
  dependencies: [dependencyNames.warehouse],
  input: z.object({ orderId: z.string(), sku: z.string(), quantity: z.number().int().min(1).max(1_000) }),
  timeouts: { attemptMs: 15_000 },
  retryPolicy: {
    law: { kind: "exponential", baseMs: 300, factor: 2, capMs: 20_000 },
    jitter: "decorrelated",
    maxAttempts: 20,
  },
  handler: async (input, ctx) => {
    const { reservation, left } = await callService(ctx, {
      service: "warehouse",
      method: "POST",
      path: "/reservations",
      idempotencyKey: ctx.idempotencyToken,
      body: input,
      answer,
    });
    return { reservationId: reservation.id, left };
  },
});
