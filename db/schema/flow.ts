import { bigint, integer } from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

// How fast work may flow: the token buckets of queues with a rate limit.

export const queueBuckets = signalbox.table("queue_buckets", {
  queueId: integer("queue_id").primaryKey(),
  count: integer().notNull(),
  perMs: integer("per_ms").notNull(),
  level: bigint({ mode: "number" }).notNull(),
  atMs: bigint("at_ms", { mode: "number" }).notNull(),
});
