import { z } from "zod";
import { defineJob } from "#sdk/index.ts";

/** A customer as this job believes all of them are. */
interface Member {
  id: string;
  loyalty: { tier: "basic" | "silver" | "gold"; points: number };
}

const factors = { basic: 1, silver: 1.5, gold: 2 } as const;

/**
 * Awards loyalty points for an order. It has a bug, and keeps it: the input is not checked below `customer`,
 * and guests, who have no `loyalty`, make it throw a TypeError. The demo shows with it how a bug in a handler
 * looks among failures of the network.
 */
export const awardLoyaltyPoints = defineJob({
  name: "award-loyalty-points",
  queue: "loyalty",
  priority: "normal",
  description: "Awards loyalty points for an order. Holds a bug on purpose: it fails for guests.",
  owner: "Marketing",
  input: z.object({
    orderId: z.string(),
    amountCents: z.number().int().min(0),
    customer: z.record(z.string(), z.unknown()),
  }),
  timeouts: { attemptMs: 5_000 },
  handler: async ({ orderId, amountCents, customer }) => {
    const member = customer as unknown as Member;
    const points = Math.floor((amountCents / 100) * factors[member.loyalty.tier]);
    return { orderId, customerId: member.id, awarded: points, balance: member.loyalty.points + points };
  },
});
