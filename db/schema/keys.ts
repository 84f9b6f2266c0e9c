import { sql } from "drizzle-orm";
import { bigint, boolean, doublePrecision, integer, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

// What concurrency keys of a queue are admitted by.

export const keyLines = signalbox.table("key_lines", {
  queueId: integer("queue_id").primaryKey(),
  sinceMs: bigint("since_ms", { mode: "number" }).notNull(),
  swept: boolean().notNull().default(false),
  bases: doublePrecision().array().notNull().default(sql`'{0,0,0,0,0}'`),
});

export const keySlots = signalbox.table("key_slots", {
  jobId: bigint("job_id", { mode: "bigint" }).primaryKey(),
  queueId: integer("queue_id").notNull(),
  key: text().notNull(),
  class: smallint().notNull(),
  placeMs: bigint("place_ms", { mode: "number" }).notNull(),
});

export const keyPasses = signalbox.table(
  "key_passes",
  {
    queueId: integer("queue_id").notNull(),
    class: smallint().notNull(),
    key: text().notNull(),
    pass: doublePrecision().notNull(),
  },
  (t) => [primaryKey({ columns: [t.queueId, t.class, t.key] })],
);
