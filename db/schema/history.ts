import { sql } from "drizzle-orm";
import { bigint, integer, json, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

// What happened: attempts that did not complete, and events.

export const attempts = signalbox.table(
  "attempts",
  {
    jobId: bigint("job_id", { mode: "bigint" }).notNull(),
    number: integer().notNull(),
    outcome: text().notNull(),
    workerId: bigint("worker_id", { mode: "bigint" }).notNull(),
    lane: integer().notNull(),
    startedAtMs: bigint("started_at_ms", { mode: "number" }).notNull(),
    finishedAtMs: bigint("finished_at_ms", { mode: "number" }).notNull(),
    error: json(),
    failureClass: text("failure_class"),
    origin: text(),
    ruleId: text("rule_id"),
    ruleName: text("rule_name"),
    fingerprint: text(),
    decision: json(),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.number] })],
);

export const transitions = signalbox.table(
  "transitions",
  {
    fromState: text("from_state").notNull(),
    toState: text("to_state").notNull(),
  },
  (t) => [primaryKey({ columns: [t.fromState, t.toState] })],
);

export const jobEvents = signalbox.table("job_events", {
  jobId: bigint("job_id", { mode: "bigint" }).notNull(),
  at: timestamp({ withTimezone: true }).notNull().default(sql`clock_timestamp()`),
  kind: text().notNull(),
  fromState: text("from_state"),
  toState: text("to_state"),
  actor: text().notNull(),
  because: text().array().notNull().default([]),
  data: json(),
});
