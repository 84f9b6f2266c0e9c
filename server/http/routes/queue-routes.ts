import { z } from "zod";
import { noSuchQueue, patchQueue, patchQueueSchema } from "#server/operations/queues/patch-queue.ts";
import { findQueue, listQueues, type QueueRecord } from "#server/store/queues/find-queue.ts";
import { type Route, route } from "../route.ts";
import { queueViewSchema } from "../schemas/catalog-schemas.ts";
import { pageSchema } from "../schemas/query-schemas.ts";
import { afterName, namePage } from "./name-page.ts";

const oneQueue = z.strictObject({ queue: queueViewSchema });

export const queueRoutes: Route[] = [
  route({
    method: "GET",
    path: "/queues",
    permission: "queues.read",
    name: "listQueues",
    tag: "queues",
    summary: "Queues by name",
    query: pageSchema,
    answers: {
      200: {
        description: "A page",
        schema: z.strictObject({ queues: z.array(queueViewSchema), nextCursor: z.string().nullable() }),
      },
    },
    refusals: [400],
    handle: async ({ context, query }) => {
      const rows = await listQueues(context.engine.pool, afterName(query.cursor), query.limit + 1);
      const { page, nextCursor } = namePage(rows, query.limit);
      return { status: 200, json: { queues: page.map(view), nextCursor } };
    },
  }),
  route({
    method: "GET",
    path: "/queues/{name}",
    params: { name: "name" },
    permission: "queues.read",
    name: "getQueue",
    tag: "queues",
    summary: "One queue",
    answers: { 200: { description: "The queue", schema: oneQueue } },
    refusals: [404],
    handle: async ({ context, params }) => {
      const queue = await findQueue(context.engine.pool, params.name as string);
      if (queue === null) throw noSuchQueue(params.name as string);
      return { status: 200, json: { queue: view(queue) } };
    },
  }),
  route({
    method: "PATCH",
    path: "/queues/{name}",
    params: { name: "name" },
    permission: "queues.write",
    name: "patchQueue",
    tag: "queues",
    summary: "Pause, resume or limit a queue",
    description: "What is absent stays; null clears a limit. Acts on the next claim.",
    body: patchQueueSchema,
    bodyUnchecked: true,
    answers: { 200: { description: "The queue", schema: oneQueue } },
    refusals: [404],
    handle: async ({ context, params, body, actor }) => {
      const queue = await patchQueue(context.engine, { name: params.name as string, body, actor });
      return { status: 200, json: { queue: view(queue) } };
    },
  }),
];

function view({ id: _, ...queue }: QueueRecord): Omit<QueueRecord, "id"> {
  return queue;
}
