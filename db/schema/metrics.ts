import { bigint, integer, jsonb, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

// Counters and depth samples for the charts, and how far they are rolled up.

export const metrics1s = signalbox.table("metrics_1s", {
  atMs: bigint("at_ms", { mode: "number" }).notNull(),
  source: bigint({ mode: "bigint" }).notNull(),
  lane: integer().notNull(),
  class: smallint().notNull(),
  submitted: integer().notNull(),
  started: integer().notNull(),
  completed: integer().notNull(),
  retried: integer().notNull(),
  died: integer().notNull(),
  cancelled: integer().notNull(),
  failures: jsonb(),
  waitMs: integer("wait_ms").array(),
  runMs: integer("run_ms").array(),
});

export const metrics10s = signalbox.table(
  "metrics_10s",
  {
    atMs: bigint("at_ms", { mode: "number" }).notNull(),
    lane: integer().notNull(),
    class: smallint().notNull(),
    submitted: integer().notNull(),
    started: integer().notNull(),
    completed: integer().notNull(),
    retried: integer().notNull(),
    died: integer().notNull(),
    cancelled: integer().notNull(),
    failures: jsonb(),
    waitMs: integer("wait_ms").array(),
    runMs: integer("run_ms").array(),
  },
  (t) => [primaryKey({ columns: [t.atMs, t.lane, t.class] })],
);

export const metrics1m = signalbox.table(
  "metrics_1m",
  {
    atMs: bigint("at_ms", { mode: "number" }).notNull(),
    lane: integer().notNull(),
    class: smallint().notNull(),
    submitted: integer().notNull(),
    started: integer().notNull(),
    completed: integer().notNull(),
    retried: integer().notNull(),
    died: integer().notNull(),
    cancelled: integer().notNull(),
    failures: jsonb(),
    waitMs: integer("wait_ms").array(),
    runMs: integer("run_ms").array(),
  },
  (t) => [primaryKey({ columns: [t.atMs, t.lane, t.class] })],
);

export const metrics10m = signalbox.table(
  "metrics_10m",
  {
    atMs: bigint("at_ms", { mode: "number" }).notNull(),
    lane: integer().notNull(),
    class: smallint().notNull(),
    submitted: integer().notNull(),
    started: integer().notNull(),
    completed: integer().notNull(),
    retried: integer().notNull(),
    died: integer().notNull(),
    cancelled: integer().notNull(),
    failures: jsonb(),
    waitMs: integer("wait_ms").array(),
    runMs: integer("run_ms").array(),
  },
  (t) => [primaryKey({ columns: [t.atMs, t.lane, t.class] })],
);

export const depthSamples = signalbox.table(
  "depth_samples",
  {
    atMs: bigint("at_ms", { mode: "number" }).notNull(),
    lane: integer().notNull(),
    class: smallint().notNull(),
    available: integer().notNull(),
    scheduled: integer().notNull(),
    retryable: integer().notNull(),
    held: integer().notNull(),
    running: integer().notNull(),
    oldestRunAtMs: bigint("oldest_run_at_ms", { mode: "number" }),
  },
  (t) => [primaryKey({ columns: [t.atMs, t.lane, t.class] })],
);

export const rollups = signalbox.table("rollups", {
  name: text().primaryKey(),
  doneUntilMs: bigint("done_until_ms", { mode: "number" }).notNull(),
});
