import { sql } from "drizzle-orm";
import { bigint, integer, json, real, text, timestamp } from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

// Who runs what: workers, their leases, what they are asked to cancel, and singleton duties.

export const workers = signalbox.table("workers", {
  id: bigint({ mode: "bigint" }).primaryKey(),
  pool: text().notNull(),
  definitions: text().array().notNull(),
  concurrency: integer().notNull(),
  transport: text().notNull(),
  host: text().notNull(),
  pid: integer(),
  version: text(),
  heartbeatMs: integer("heartbeat_ms").notNull(),
  state: text().notNull().default("active"),
  running: integer().notNull().default(0),
  loopLagMs: real("loop_lag_ms"),
  saturation: real(),
  startedAt: timestamp("started_at", { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
  heartbeatAt: timestamp("heartbeat_at", { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
  endedAt: timestamp("ended_at", { withTimezone: true }),
  drainReason: text("drain_reason"),
  drainedBy: text("drained_by"),
  clockOffsetMs: real("clock_offset_ms"),
  takenBack: integer("taken_back").notNull().default(0),
  slotLimit: integer("slot_limit"),
  limitBecause: text("limit_because"),
});

export const leases = signalbox.table("leases", {
  id: bigint({ mode: "bigint" }).primaryKey(),
  workerId: bigint("worker_id", { mode: "bigint" }).notNull(),
  claimedAtMs: bigint("claimed_at_ms", { mode: "number" }).notNull(),
  untilMs: bigint("until_ms", { mode: "number" }).notNull(),
  deadlineMs: bigint("deadline_ms", { mode: "number" }),
  queueId: integer("queue_id"),
  ids: bigint({ mode: "bigint" }).array().notNull(),
  attempts: integer().array().notNull(),
  fenced: bigint({ mode: "bigint" }).array().notNull().default([]),
  progress: json(),
  definitionId: integer("definition_id"),
});

export const cancelRequests = signalbox.table("cancel_requests", {
  jobId: bigint("job_id", { mode: "bigint" }).primaryKey(),
  workerId: bigint("worker_id", { mode: "bigint" }).notNull(),
  leaseId: bigint("lease_id", { mode: "bigint" }).notNull(),
  reason: text(),
  actor: text().notNull(),
  requestedAtMs: bigint("requested_at_ms", { mode: "number" }).notNull(),
});

export const duties = signalbox.table("duties", {
  name: text().primaryKey(),
  owner: bigint({ mode: "bigint" }).notNull(),
  epoch: bigint({ mode: "bigint" }).notNull(),
  until: timestamp({ withTimezone: true }).notNull(),
});
