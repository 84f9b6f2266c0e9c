import { bigint, integer, jsonb, primaryKey, text } from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

// Backpressure: the levels in force, and what was refused or signalled for them.

export const pressure = signalbox.table("pressure", {
  part: text().primaryKey(),
  atMs: bigint("at_ms", { mode: "number" }).notNull(),
  body: jsonb().notNull(),
});

export const admissionCounts = signalbox.table(
  "admission_counts",
  {
    atMs: bigint("at_ms", { mode: "number" }).notNull(),
    queueId: integer("queue_id").notNull(),
    cause: text().notNull(),
    refused: bigint({ mode: "number" }).notNull().default(0),
    signalled: bigint({ mode: "number" }).notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.atMs, t.queueId, t.cause] })],
);
