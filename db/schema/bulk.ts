import { sql } from "drizzle-orm";
import { bigint, boolean, integer, jsonb, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

// One act on a frozen set of jobs.

export const bulkOperations = signalbox.table("bulk_operations", {
  id: bigint({ mode: "bigint" }).primaryKey(),
  action: text().notNull(),
  params: jsonb().notNull().default({}),
  filter: jsonb(),
  takesBack: bigint("takes_back", { mode: "bigint" }),
  reason: text(),
  actor: text().notNull(),
  state: text().notNull(),
  freezeCursor: text("freeze_cursor"),
  confirmed: integer(),
  matched: integer().notNull().default(0),
  taken: integer().notNull().default(0),
  done: integer().notNull().default(0),
  failed: integer().notNull().default(0),
  skipped: integer().notNull().default(0),
  guard: jsonb().notNull(),
  guardFrom: integer("guard_from").notNull().default(0),
  canaryPassed: boolean("canary_passed").notNull().default(false),
  ramped: integer().notNull().default(0),
  rampMs: integer("ramp_ms").notNull().default(0),
  tickedAtMs: bigint("ticked_at_ms", { mode: "number" }),
  verdict: jsonb(),
  halt: jsonb(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
  startedAt: timestamp("started_at", { withTimezone: true }),
  finishedAt: timestamp("finished_at", { withTimezone: true }),
});

export const bulkItems = signalbox.table(
  "bulk_items",
  {
    operationId: bigint("operation_id", { mode: "bigint" }).notNull(),
    ordinal: integer().notNull(),
    jobId: bigint("job_id", { mode: "bigint" }).notNull(),
    outcome: text(),
    detail: text(),
    attempt: integer(),
    atMs: bigint("at_ms", { mode: "number" }),
  },
  (t) => [primaryKey({ columns: [t.operationId, t.ordinal] })],
);
