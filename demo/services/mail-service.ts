import { z } from "zod";
import { IdempotentReplies } from "./idempotent-replies.ts";
import { KeptRecords } from "./kept-records.ts";
import { readBody, refusal, type ServiceRoute } from "./route.ts";

/** A message in the outbox, rendered. */
interface MailMessage {
  id: string;
  to: string;
  subject: string;
  text: string;
  sentAt: string;
}

const messageSchema = z.object({
  to: z.email("to is an e-mail address."),
  template: z.enum(["receipt", "refund"], "template is receipt or refund."),
  data: z.object({
    orderId: z.string().min(1),
    customer: z.string().min(1),
    currency: z.string().length(3),
    lines: z
      .array(
        z.object({ name: z.string(), quantity: z.number().int().min(1), unitCents: z.number().int().min(0) }),
      )
      .min(1)
      .max(100),
  }),
});

const subjects = { receipt: "Your receipt for order", refund: "Your refund for order" };

/**
 * The mail service: POST /messages renders a template and puts it in the outbox (201, once for each
 * Idempotency-Key); GET /messages lists the newest 50; GET /messages/:id shows one.
 * Addresses at `bounce.example` do not exist: 422 `mailbox_unavailable`.
 */
export function mailRoutes(nowMs: () => number): ServiceRoute[] {
  const outbox = new KeptRecords<MailMessage>("msg");
  const replies = new IdempotentReplies();
  return [
    {
      method: "POST",
      path: "/messages",
      answer: (request) =>
        replies.answer(request, () => {
          const { body, wrong } = readBody(messageSchema, request.body);
          if (wrong !== undefined) return wrong;
          if (body.to.endsWith("@bounce.example")) {
            return refusal(422, "mailbox_unavailable", `There is no mailbox ${body.to}.`);
          }
          const message = outbox.add((id) => ({
            id,
            to: body.to,
            subject: `${subjects[body.template]} ${body.data.orderId}`,
            text: renderMessage(body),
            sentAt: new Date(nowMs()).toISOString(),
          }));
          return {
            status: 201,
            body: { message: { id: message.id, to: message.to, subject: message.subject } },
          };
        }),
    },
    {
      method: "GET",
      path: "/messages",
      answer: () => ({ status: 200, body: { sent: outbox.made, messages: outbox.newest(50) } }),
    },
    {
      method: "GET",
      path: "/messages/:id",
      answer: ({ params }) => {
        const message = outbox.get(params.id ?? "");
        if (message === undefined)
          return refusal(404, "no_such_message", `There is no message ${params.id}.`);
        return { status: 200, body: { message } };
      },
    },
  ];
}

function renderMessage({ template, data }: z.output<typeof messageSchema>): string {
  const money = (cents: number) => `${(cents / 100).toFixed(2)} ${data.currency}`;
  const lines = data.lines.map(
    (line) =>
      `${String(line.quantity).padStart(3)} × ${line.name.padEnd(30)} ${money(line.quantity * line.unitCents)}`,
  );
  const totalCents = data.lines.reduce((sum, line) => sum + line.quantity * line.unitCents, 0);
  const opening = template === "receipt" ? "Thank you for your order" : "We have refunded your order";
  return [
    `Dear ${data.customer},`,
    "",
    `${opening} ${data.orderId}.`,
    "",
    ...lines,
    "",
    `Total ${money(totalCents)}`,
  ].join("\n");
}
