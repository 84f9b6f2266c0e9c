import { bigint, integer, json, primaryKey, text } from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

// Failure groups, how often they failed, and what is not counted yet.

export const failureFeed = signalbox.table("failure_feed", {
  jobId: bigint("job_id", { mode: "bigint" }).notNull(),
  number: integer().notNull(),
});

export const failureGroups = signalbox.table("failure_groups", {
  fingerprint: text().primaryKey(),
  class: text().notNull(),
  origin: text().notNull(),
  name: text().notNull(),
  code: text(),
  message: text().notNull(),
  dependency: text(),
  ruleId: text("rule_id"),
  ruleName: text("rule_name"),
  sample: json(),
  sampleJobId: bigint("sample_job_id", { mode: "bigint" }).notNull(),
  sampleAttempt: integer("sample_attempt").notNull(),
  sampleAtMs: bigint("sample_at_ms", { mode: "number" }).notNull(),
  attempts: bigint({ mode: "number" }).notNull(),
  deaths: bigint({ mode: "number" }).notNull(),
  firstSeenMs: bigint("first_seen_ms", { mode: "number" }).notNull(),
  lastSeenMs: bigint("last_seen_ms", { mode: "number" }).notNull(),
  firstLane: integer("first_lane").notNull(),
  firstVersion: integer("first_version").notNull(),
  lastLane: integer("last_lane").notNull(),
  lastVersion: integer("last_version").notNull(),
  lanes: integer().array().notNull(),
  state: text().notNull().default("open"),
  stateAtMs: bigint("state_at_ms", { mode: "number" }),
  stateActor: text("state_actor"),
  stateReason: text("state_reason"),
  attemptsAtState: bigint("attempts_at_state", { mode: "number" }),
  resolvedDefinition: text("resolved_definition"),
  resolvedVersion: integer("resolved_version"),
  ignoredUntilMs: bigint("ignored_until_ms", { mode: "number" }),
  ignoredMore: bigint("ignored_more", { mode: "number" }),
  ignoredPerMinute: integer("ignored_per_minute"),
});

export const failureCounts = signalbox.table(
  "failure_counts",
  {
    grainMs: integer("grain_ms").notNull(),
    atMs: bigint("at_ms", { mode: "number" }).notNull(),
    fingerprint: text().notNull(),
    lane: integer().notNull(),
    version: integer().notNull(),
    attempts: integer().notNull(),
    deaths: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.grainMs, t.atMs, t.fingerprint, t.lane, t.version] })],
);

export const failureTotals = signalbox.table(
  "failure_totals",
  {
    grainMs: integer("grain_ms").notNull(),
    atMs: bigint("at_ms", { mode: "number" }).notNull(),
    fingerprint: text().notNull(),
    attempts: integer().notNull(),
    deaths: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.grainMs, t.atMs, t.fingerprint] })],
);
