import { bigint, integer, jsonb, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

// Counters and depth samples for the charts, and how far they are rolled up.

const moment = { atMs: bigint("at_ms", { mode: "number" }).notNull() };
const place = { lane: integer().notNull(), class: smallint().notNull() };
const counters = {
  submitted: integer().notNull(),
  started: integer().notNull(),
  completed: integer().notNull(),
  retried: integer().notNull(),
  died: integer().notNull(),
  cancelled: integer().notNull(),
  failures: jsonb(),
  waitMs: integer("wait_ms").array(),
  runMs: integer("run_ms").array(),
};

export const metrics1s = signalbox.table("metrics_1s", {
  ...moment,
  source: bigint({ mode: "bigint" }).notNull(),
  ...place,
  ...counters,
});

const rollup = <Name extends string>(name: Name) =>
  signalbox.table(name, { ...moment, ...place, ...counters }, (t) => [
    primaryKey({ columns: [t.atMs, t.lane, t.class] }),
  ]);

export const metrics10s = rollup("metrics_10s");

export const metrics1m = rollup("metrics_1m");

export const metrics10m = rollup("metrics_10m");

export const depthSamples = signalbox.table(
  "depth_samples",
  {
    ...moment,
    ...place,
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
