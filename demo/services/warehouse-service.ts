import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { IdempotentReplies } from "./idempotent-replies.ts";
import { KeptRecords } from "./kept-records.ts";
import { readBody, refusal, type ServiceReply, type ServiceRoute } from "./route.ts";

/** A reservation of stock for an order. */
interface Reservation {
  id: string;
  orderId: string;
  sku: string;
  quantity: number;
}

const reservationSchema = z.object({
  orderId: z.string().min(1).max(200),
  sku: z.string().min(1).max(50),
  quantity: z.number().int().min(1, "quantity is at least 1.").max(1_000),
});

/** A shelf: what lies there, what a delivery fills it up to, and who holds it. */
interface Shelf {
  level: number;
  fullLevel: number;
  writing: boolean;
  counting: boolean;
}

/** The articles of the shop: `SKU-001` … `SKU-040`; every tenth is scarce, so that it runs out now and then. */
export const warehouseSkus: readonly string[] = Array.from(
  { length: 40 },
  (_, index) => `SKU-${String(index + 1).padStart(3, "0")}`,
);

/**
 * The warehouse: POST /reservations takes stock (201, once for each Idempotency-Key; 409 `sku_locked` while
 * another reservation of that article is being written or stock is being counted; 422 `out_of_stock`),
 * GET /stock shows levels, PUT and DELETE /stock/:sku/lock begin and end a count, POST /deliveries fills up
 * every shelf. A delivery also comes by itself every `deliveryEveryMs`.
 * @param options.writeMs how long one reservation holds its article
 */
export function warehouseRoutes(options: {
  nowMs: () => number;
  writeMs: number;
  deliveryEveryMs: number;
}): ServiceRoute[] {
  const shelves = new Map<string, Shelf>(
    warehouseSkus.map((sku, index) => {
      const fullLevel = index % 10 === 9 ? 6 : 500;
      return [sku, { level: fullLevel, fullLevel, writing: false, counting: false }];
    }),
  );
  const reservations = new KeptRecords<Reservation>("rsv");
  const replies = new IdempotentReplies();
  let deliveredAtMs = options.nowMs();

  function deliver(): void {
    for (const shelf of shelves.values()) shelf.level = shelf.fullLevel;
    deliveredAtMs = options.nowMs();
  }

  async function reserve(body: unknown): Promise<ServiceReply> {
    const given = readBody(reservationSchema, body);
    if (given.wrong !== undefined) return given.wrong;
    const { orderId, sku, quantity } = given.body;
    const shelf = shelves.get(sku);
    if (shelf === undefined) return refusal(404, "no_such_article", `The warehouse has no article ${sku}.`);
    if (options.nowMs() - deliveredAtMs >= options.deliveryEveryMs) deliver();
    if (shelf.counting)
      return refusal(409, "sku_locked", `${sku} is locked while its stock is counted; try again.`);
    if (shelf.writing)
      return refusal(409, "sku_locked", `${sku} is locked by a concurrent reservation; try again.`);

    shelf.writing = true;
    try {
      if (options.writeMs > 0) await wait(options.writeMs);
      if (shelf.level < quantity) {
        return refusal(422, "out_of_stock", `${sku} has ${shelf.level} left; ${quantity} were asked for.`);
      }
      shelf.level -= quantity;
      const made = reservations.add((id) => ({ id, orderId, sku, quantity }));
      return { status: 201, body: { reservation: made, left: shelf.level } };
    } finally {
      shelf.writing = false;
    }
  }

  function setCounting(sku: string, counting: boolean): ServiceReply {
    const shelf = shelves.get(sku);
    if (shelf === undefined) return refusal(404, "no_such_article", `The warehouse has no article ${sku}.`);
    shelf.counting = counting;
    return { status: 200, body: { sku, level: shelf.level, locked: counting } };
  }

  return [
    {
      method: "POST",
      path: "/reservations",
      answer: (request) => replies.answer(request, () => reserve(request.body)),
    },
    {
      method: "GET",
      path: "/stock",
      answer: () => ({
        status: 200,
        body: {
          reservations: reservations.made,
          stock: [...shelves].map(([sku, shelf]) => ({ sku, level: shelf.level, locked: shelf.counting })),
        },
      }),
    },
    { method: "PUT", path: "/stock/:sku/lock", answer: ({ params }) => setCounting(params.sku ?? "", true) },
    {
      method: "DELETE",
      path: "/stock/:sku/lock",
      answer: ({ params }) => setCounting(params.sku ?? "", false),
    },
    {
      method: "POST",
      path: "/deliveries",
      answer: () => {
        deliver();
        return { status: 200, body: { delivered: shelves.size } };
      },
    },
  ];
}
