import { sql } from "drizzle-orm";
import {
  bigint,
  doublePrecision,
  integer,
  jsonb,
  primaryKey,
  real,
  text,
  timestamp,
} from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

// Dependencies: their settings, breakers, rates, retry budgets, and what attempts came to.

export const dependencies = signalbox.table("dependencies", {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  name: text().notNull(),
  settings: jsonb().notNull().default({}),
  version: integer().notNull().default(1),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
});

export const breakers = signalbox.table("breakers", {
  dependencyId: integer("dependency_id").primaryKey(),
  state: text().notNull(),
  forced: text(),
  forcedBy: text("forced_by"),
  forcedReason: text("forced_reason"),
  sinceMs: bigint("since_ms", { mode: "number" }).notNull(),
  untilMs: bigint("until_ms", { mode: "number" }),
  ratePerSecond: real("rate_per_second"),
  multiplier: real().notNull().default(1),
  slowMs: real("slow_ms"),
  body: jsonb().notNull().default({}),
  forcedUntilMs: bigint("forced_until_ms", { mode: "number" }),
});

export const dependencyBuckets = signalbox.table("dependency_buckets", {
  dependencyId: integer("dependency_id").primaryKey(),
  count: integer().notNull(),
  perMs: integer("per_ms").notNull(),
  level: bigint({ mode: "number" }).notNull(),
  atMs: bigint("at_ms", { mode: "number" }).notNull(),
});

export const dependencyOutcomes = signalbox.table("dependency_outcomes", {
  id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
  atMs: bigint("at_ms", { mode: "number" }).notNull(),
  source: bigint({ mode: "bigint" }).notNull(),
  dependencyId: integer("dependency_id").notNull(),
  succeeded: integer().notNull(),
  failed: integer().notNull(),
  refused: integer().notNull(),
  slow: integer().notNull(),
  overdue: integer().notNull(),
  firstStarts: integer("first_starts").notNull(),
  retryStarts: integer("retry_starts").notNull(),
  durationMsSum: doublePrecision("duration_ms_sum").notNull(),
  inFlight: integer("in_flight").notNull(),
  durations: integer().array(),
});

export const dependencyMinutes = signalbox.table(
  "dependency_minutes",
  {
    dependencyId: integer("dependency_id").notNull(),
    atMs: bigint("at_ms", { mode: "number" }).notNull(),
    succeeded: bigint({ mode: "number" }).notNull(),
    failed: bigint({ mode: "number" }).notNull(),
    refused: bigint({ mode: "number" }).notNull(),
    slow: bigint({ mode: "number" }).notNull(),
    firstStarts: bigint("first_starts", { mode: "number" }).notNull(),
    retryStarts: bigint("retry_starts", { mode: "number" }).notNull(),
    durations: integer().array(),
  },
  (t) => [primaryKey({ columns: [t.dependencyId, t.atMs] })],
);

export const retryBudgets = signalbox.table(
  "retry_budgets",
  {
    kind: text().notNull(),
    reference: integer().notNull(),
    body: jsonb().notNull(),
    atMs: bigint("at_ms", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.reference] })],
);

/** Everything the system did by itself: why, with figures, and how to take it back. */
export const automationEvents = signalbox.table("automation_events", {
  id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
  atMs: bigint("at_ms", { mode: "number" }).notNull().default(sql`signalbox.now_ms()`),
  kind: text().notNull(),
  objectKind: text("object_kind").notNull(),
  objectId: text("object_id").notNull(),
  cause: text().notNull(),
  figures: jsonb().notNull().default({}),
  undo: jsonb(),
  undoneBy: text("undone_by"),
  undoneAt: timestamp("undone_at", { withTimezone: true }),
});
