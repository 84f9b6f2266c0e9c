import { sql } from "drizzle-orm";
import { bigint, integer, json, jsonb, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

// What handlers said, and what is kept from the eyes of readers.

export const attemptLogs = signalbox.table(
  "attempt_logs",
  {
    jobId: bigint("job_id", { mode: "bigint" }).notNull(),
    attempt: integer().notNull(),
    seq: integer().notNull(),
    atMs: bigint("at_ms", { mode: "number" }).notNull(),
    level: text().notNull(),
    message: text().notNull(),
    facts: json(),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.attempt, t.seq] })],
);

export const redactionVersions = signalbox.table("redaction_versions", {
  version: integer().primaryKey(),
  settings: jsonb().notNull(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
  createdBy: text("created_by").notNull(),
});
