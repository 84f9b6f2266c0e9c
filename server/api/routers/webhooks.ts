import { z } from "zod";
import { decodeCursor, encodeCursor } from "#core/cursor.ts";
import { createWebhook } from "#server/operations/webhooks/create-webhook.ts";
import { deleteWebhook } from "#server/operations/webhooks/delete-webhook.ts";
import { testWebhook } from "#server/operations/webhooks/test-webhook.ts";
import { updateWebhook } from "#server/operations/webhooks/update-webhook.ts";
import { listDeliveries } from "#server/store/webhooks/list-deliveries.ts";
import { listWebhooks, type WebhookRow } from "#server/store/webhooks/webhooks.ts";
import { procedureFor, router } from "../trpc.ts";

const page = 25;
const id = z.string().regex(/^[1-9]\d{0,18}$/, "is a number");
const position = z.tuple([id]);

/** A webhook as the console has it. */
export type WebhookView = WebhookRow;

/** Where alerts are sent. Checked by the operations, which name each wrong field; secrets are answered once. */
export const webhooksRouter = router({
  list: procedureFor("admin").query(async ({ ctx }) => ({ webhooks: await listWebhooks(ctx.db) })),

  /** Adds a webhook; its secret is answered this once. */
  create: procedureFor("admin")
    .input(z.strictObject({ spec: z.unknown() }))
    .mutation(({ ctx, input }) => createWebhook(ctx.engine, { spec: input.spec, actor: ctx.actor.name })),

  /** Changes a webhook; with `newSecret` a fresh one is answered this once. */
  update: procedureFor("admin")
    .input(
      z.strictObject({
        id,
        expectedVersion: z.number().int().min(1),
        spec: z.unknown(),
        newSecret: z.boolean(),
      }),
    )
    .mutation(({ ctx, input }) =>
      updateWebhook(ctx.engine, { ...input, spec: input.spec, actor: ctx.actor.name }),
    ),

  /** Removes a webhook with its messages. */
  remove: procedureFor("admin")
    .input(z.strictObject({ id }))
    .mutation(async ({ ctx, input }) => {
      await deleteWebhook(ctx.engine, { id: input.id, actor: ctx.actor.name });
      return { removed: true };
    }),

  /** Queues a test message; how it fares stands in the deliveries. */
  test: procedureFor("admin")
    .input(z.strictObject({ id }))
    .mutation(({ ctx, input }) => testWebhook(ctx.engine, { id: input.id, actor: ctx.actor.name })),

  /** What a webhook was told, newest first, a page at a time; kept for 14 days. */
  deliveries: procedureFor("admin")
    .input(z.strictObject({ id, cursor: z.string().max(200).nullish() }))
    .query(async ({ ctx, input }) => {
      const before = input.cursor ? decodeCursor(input.cursor, position)[0] : null;
      const rows = await listDeliveries(ctx.db, input.id, before, page + 1);
      const deliveries = rows.slice(0, page);
      const last = deliveries.at(-1);
      return {
        deliveries,
        nextCursor: rows.length > page && last ? encodeCursor([last.id]) : null,
        asOfMs: ctx.engine.clock.nowMs(),
      };
    }),
});
