import { sql } from "drizzle-orm";
import { bigint, boolean, integer, jsonb, primaryKey, smallint, text, timestamp } from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

// What operators and deployments set: definitions, queues, policies, rules, settings.

export const settings = signalbox.table("settings", {
  key: text().primaryKey(),
  value: jsonb().notNull(),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
  updatedBy: text("updated_by").notNull(),
  version: integer().notNull().default(1),
});

export const catalog = signalbox.table("catalog", {
  singleton: boolean().default(true).primaryKey(),
  version: bigint({ mode: "bigint" }).notNull().default(1n),
});

export const queues = signalbox.table("queues", {
  id: integer().generatedAlwaysAsIdentity().primaryKey(),
  name: text().notNull(),
  pool: text().notNull().default("default"),
  paused: boolean().notNull().default(false),
  maxRunning: integer("max_running"),
  maxRunningPerKey: integer("max_running_per_key"),
  rateLimitCount: integer("rate_limit_count"),
  rateLimitPerMs: integer("rate_limit_per_ms"),
  thresholds: jsonb(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
  pausedUntil: timestamp("paused_until", { withTimezone: true }),
  drainingSince: timestamp("draining_since", { withTimezone: true }),
  fair: boolean().notNull().default(false),
  keyWeights: jsonb("key_weights").notNull().default({}),
});

export const definitions = signalbox.table("definitions", {
  id: integer().generatedAlwaysAsIdentity().primaryKey(),
  name: text().notNull(),
  version: integer().notNull(),
  paused: boolean().notNull().default(false),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
});

export const definitionVersions = signalbox.table(
  "definition_versions",
  {
    definitionId: integer("definition_id").notNull(),
    version: integer().notNull(),
    queueId: integer("queue_id").notNull(),
    class: smallint().notNull(),
    body: jsonb().notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
    createdBy: text("created_by").notNull(),
  },
  (t) => [primaryKey({ columns: [t.definitionId, t.version] })],
);

export const retryPolicies = signalbox.table(
  "retry_policies",
  {
    name: text().notNull(),
    version: integer().notNull(),
    body: jsonb().notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
    createdBy: text("created_by").notNull(),
  },
  (t) => [primaryKey({ columns: [t.name, t.version] })],
);

export const ruleVersions = signalbox.table("rule_versions", {
  version: integer().primaryKey(),
  rules: jsonb().notNull(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
  createdBy: text("created_by").notNull(),
});

export const lanes = signalbox.table("lanes", {
  id: integer().generatedAlwaysAsIdentity().primaryKey(),
  queueId: integer("queue_id").notNull(),
  definitionId: integer("definition_id").notNull(),
});
