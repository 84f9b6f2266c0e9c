import { z } from "zod";
import { IdempotentReplies } from "./idempotent-replies.ts";
import { KeptRecords } from "./kept-records.ts";
import { readBody, refusal, type ServiceReply, type ServiceRoute } from "./route.ts";

/** A charge; `refundedCents` grows with each refund up to `amountCents`. */
interface Charge {
  id: string;
  orderId: string;
  amountCents: number;
  currency: string;
  status: "succeeded" | "declined";
  refundedCents: number;
  createdAt: string;
}
interface Refund {
  id: string;
  chargeId: string;
  amountCents: number;
}

const amount = z
  .number()
  .int("amountCents is a whole number.")
  .min(1, "amountCents is at least 1.")
  .max(100_000_000);
const chargeSchema = z.object({
  orderId: z.string().min(1).max(200),
  amountCents: amount,
  currency: z.enum(["EUR", "GBP", "SEK"], "currency is EUR, GBP or SEK."),
  card: z.string().min(4).max(40),
});
const refundSchema = z.object({ orderId: z.string().min(1).max(200), amountCents: amount });

/**
 * The payments service: POST /charges (201, once for each Idempotency-Key; a card that starts with `declined`
 * is 402), GET /charges/:id, POST /refunds by order (409 while the order has no charge yet, 422 when it was
 * declined or more is asked back than was paid).
 */
export function paymentsRoutes(nowMs: () => number): ServiceRoute[] {
  const charges = new KeptRecords<Charge>("ch", 20_000);
  const refunds = new KeptRecords<Refund>("re");
  const chargeByOrder = new Map<string, string>();
  const replies = new IdempotentReplies();

  function charge(body: unknown): ServiceReply {
    const given = readBody(chargeSchema, body);
    if (given.wrong !== undefined) return given.wrong;
    const { card, ...facts } = given.body;
    const declined = card.startsWith("declined");
    const made = charges.add((id) => ({
      id,
      ...facts,
      status: declined ? "declined" : "succeeded",
      refundedCents: 0,
      createdAt: new Date(nowMs()).toISOString(),
    }));
    chargeByOrder.set(made.orderId, made.id);
    for (const oldest of chargeByOrder.keys()) {
      if (chargeByOrder.size <= 20_000) break;
      chargeByOrder.delete(oldest);
    }
    if (declined)
      return refusal(402, "card_declined", "The card was declined by its bank.", { chargeId: made.id });
    return { status: 201, body: { charge: made } };
  }

  function refund(body: unknown): ServiceReply {
    const given = readBody(refundSchema, body);
    if (given.wrong !== undefined) return given.wrong;
    const { orderId, amountCents } = given.body;
    const of = charges.get(chargeByOrder.get(orderId) ?? "");
    if (of === undefined) {
      return refusal(
        409,
        "charge_not_settled",
        `Order ${orderId} has no settled charge yet; try again later.`,
      );
    }
    if (of.status === "declined")
      return refusal(422, "charge_declined", `The charge of order ${orderId} was declined.`);
    if (of.refundedCents + amountCents > of.amountCents) {
      return refusal(
        422,
        "refund_too_large",
        `Only ${of.amountCents - of.refundedCents} cents are left to refund.`,
      );
    }
    of.refundedCents += amountCents;
    const made = refunds.add((id) => ({ id, chargeId: of.id, amountCents }));
    return { status: 201, body: { refund: made } };
  }

  return [
    {
      method: "POST",
      path: "/charges",
      answer: (request) => replies.answer(request, () => charge(request.body)),
    },
    {
      method: "POST",
      path: "/refunds",
      answer: (request) => replies.answer(request, () => refund(request.body)),
    },
    {
      method: "GET",
      path: "/charges/:id",
      answer: ({ params }) => {
        const found = charges.get(params.id ?? "");
        if (found === undefined) return refusal(404, "no_such_charge", `There is no charge ${params.id}.`);
        return { status: 200, body: { charge: found } };
      },
    },
    {
      method: "GET",
      path: "/charges",
      answer: () => ({ status: 200, body: { made: charges.made, charges: charges.newest(50) } }),
    },
  ];
}
