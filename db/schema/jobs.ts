import { sql } from "drizzle-orm";
import { bigint, integer, json, primaryKey, smallint, text, timestamp } from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

// A job is one immutable row in `jobs`, and what was changed, limited or promised of it since.

export const jobs = signalbox.table("jobs", {
  id: bigint({ mode: "bigint" }).primaryKey(),
  lane: integer().notNull(),
  class: smallint().notNull(),
  definitionVersion: integer("definition_version").notNull(),
  payload: json().notNull(),
  runAtMs: bigint("run_at_ms", { mode: "number" }),
  idempotencyKey: text("idempotency_key"),
  correlationId: text("correlation_id"),
  traceparent: text(),
  tags: text().array(),
  submittedBy: text("submitted_by"),
  concurrencyKey: text("concurrency_key"),
});

export const amendments = signalbox.table(
  "amendments",
  {
    jobId: bigint("job_id", { mode: "bigint" }).notNull(),
    revision: integer().notNull(),
    lane: integer(),
    class: smallint(),
    payload: json(),
    failuresFrom: integer("failures_from").notNull().default(0),
    actor: text().notNull(),
    reason: text(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
    definitionVersion: integer("definition_version"),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.revision] })],
);

export const deadlines = signalbox.table("deadlines", {
  jobId: bigint("job_id", { mode: "bigint" }).primaryKey(),
  deadlineMs: bigint("deadline_ms", { mode: "number" }).notNull(),
});

export const receipts = signalbox.table(
  "receipts",
  {
    definitionId: integer("definition_id").notNull(),
    key: text().notNull(),
    jobId: bigint("job_id", { mode: "bigint" }).notNull(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.definitionId, t.key] })],
);

export const checkpoints = signalbox.table("checkpoints", {
  jobId: bigint("job_id", { mode: "bigint" }).primaryKey(),
  attempt: integer().notNull(),
  data: json().notNull(),
  schemaVersion: integer("schema_version"),
  artifacts: json(),
  savedAt: timestamp("saved_at", { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
});
