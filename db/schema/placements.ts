import { bigint, boolean, integer, json, jsonb, smallint, text, timestamp } from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

// State is where the row lives: a job stands in exactly one of these, or in a lease.

export const pending = signalbox.table("pending", {
  id: bigint({ mode: "bigint" }).primaryKey(),
  lane: integer().notNull(),
  class: smallint().notNull(),
  waitsFor: integer("waits_for").notNull(),
  runAtMs: bigint("run_at_ms", { mode: "number" }),
});

export const scheduled = signalbox.table("scheduled", {
  id: bigint({ mode: "bigint" }).primaryKey(),
  runAtMs: bigint("run_at_ms", { mode: "number" }).notNull(),
  lane: integer().notNull(),
  attempt: integer().notNull(),
  class: smallint().notNull(),
  failures: smallint().notNull(),
  losses: smallint().notNull(),
  amended: boolean().notNull().default(false),
  retry: boolean().notNull(),
  deferrals: smallint().notNull().default(0),
});

export const ready = signalbox.table("ready", {
  runAtMs: bigint("run_at_ms", { mode: "number" }).notNull(),
  id: bigint({ mode: "bigint" }).notNull(),
  lane: integer().notNull(),
  attempt: integer().notNull(),
  class: smallint().notNull(),
  failures: smallint().notNull(),
  losses: smallint().notNull(),
  amended: boolean().notNull().default(false),
});

export const held = signalbox.table("held", {
  id: bigint({ mode: "bigint" }).primaryKey(),
  reason: text().notNull(),
  reference: text(),
  heldAtMs: bigint("held_at_ms", { mode: "number" }).notNull(),
  untilMs: bigint("until_ms", { mode: "number" }),
  runAtMs: bigint("run_at_ms", { mode: "number" }).notNull(),
  lane: integer().notNull(),
  attempt: integer().notNull(),
  class: smallint().notNull(),
  failures: smallint().notNull(),
  losses: smallint().notNull(),
  amended: boolean().notNull().default(false),
});

export const completed = signalbox.table("completed", {
  id: bigint({ mode: "bigint" }).primaryKey(),
  startedAtMs: bigint("started_at_ms", { mode: "number" }).notNull(),
  finishedAtMs: bigint("finished_at_ms", { mode: "number" }).notNull(),
  workerId: bigint("worker_id", { mode: "bigint" }).notNull(),
  attempt: integer().notNull(),
  output: json(),
});

export const cancelled = signalbox.table("cancelled", {
  id: bigint({ mode: "bigint" }).primaryKey(),
  finishedAtMs: bigint("finished_at_ms", { mode: "number" }).notNull(),
  lane: integer().notNull(),
  class: smallint().notNull(),
  attempt: integer().notNull(),
  failures: smallint().notNull(),
  losses: smallint().notNull(),
  amended: boolean().notNull().default(false),
  actor: text().notNull(),
  reason: text(),
  place: jsonb(),
});

export const dead = signalbox.table("dead", {
  id: bigint({ mode: "bigint" }).primaryKey(),
  finishedAtMs: bigint("finished_at_ms", { mode: "number" }).notNull(),
  lane: integer().notNull(),
  class: smallint().notNull(),
  attempt: integer().notNull(),
  failures: smallint().notNull(),
  losses: smallint().notNull(),
  amended: boolean().notNull().default(false),
  failureClass: text("failure_class").notNull(),
  reason: text().notNull(),
  fingerprint: text(),
  discardedAt: timestamp("discarded_at", { withTimezone: true }),
  discardedBy: text("discarded_by"),
});
