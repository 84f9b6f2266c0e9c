import { sql } from "drizzle-orm";
import { bigint, boolean, integer, jsonb, text } from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

// What stalls or fails, who has taken it on, and who is told.

const now = sql`signalbox.now_ms()`;
const id = () => bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity();
const ms = (name: string) => bigint(name, { mode: "number" });

export const alertWatch = signalbox.table("alert_watch", {
  singleton: boolean().primaryKey().default(true),
  atMs: ms("at_ms").notNull(),
  body: jsonb().notNull(),
});

export const alerts = signalbox.table("alerts", {
  id: id(),
  key: text().notNull(),
  kind: text().notNull(),
  severity: text().notNull(),
  objectKind: text("object_kind").notNull(),
  objectId: text("object_id").notNull(),
  body: jsonb().notNull(),
  sinceMs: ms("since_ms").notNull(),
  openedAtMs: ms("opened_at_ms").notNull(),
  seenAtMs: ms("seen_at_ms").notNull(),
  clearedAtMs: ms("cleared_at_ms"),
  reopened: integer().notNull().default(0),
  acknowledgedAtMs: ms("acknowledged_at_ms"),
  acknowledgedBy: text("acknowledged_by"),
  acknowledgedNote: text("acknowledged_note"),
  escalatedAtMs: ms("escalated_at_ms"),
  acted: jsonb(),
});

export const alertSilences = signalbox.table("alert_silences", {
  id: id(),
  key: text(),
  kind: text(),
  objectKind: text("object_kind"),
  objectId: text("object_id"),
  reason: text().notNull(),
  createdBy: text("created_by").notNull(),
  createdAtMs: ms("created_at_ms").notNull().default(now),
  untilMs: ms("until_ms").notNull(),
  endedBy: text("ended_by"),
  endedAtMs: ms("ended_at_ms"),
});

export const jobRestarts = signalbox.table("job_restarts", {
  jobId: bigint("job_id", { mode: "bigint" }).primaryKey(),
  actor: text().notNull(),
  reason: text(),
  askedAtMs: ms("asked_at_ms").notNull().default(now),
});

export const webhooks = signalbox.table("webhooks", {
  id: id(),
  name: text().notNull(),
  url: text().notNull(),
  secret: text().notNull(),
  kinds: text().array().notNull().default(sql`'{}'`),
  enabled: boolean().notNull().default(true),
  version: integer().notNull().default(1),
  createdBy: text("created_by").notNull(),
  createdAtMs: ms("created_at_ms").notNull().default(now),
});

export const webhookDeliveries = signalbox.table("webhook_deliveries", {
  id: id(),
  webhookId: bigint("webhook_id", { mode: "bigint" }).notNull(),
  alertId: bigint("alert_id", { mode: "bigint" }),
  event: text().notNull(),
  body: jsonb().notNull(),
  state: text().notNull().default("waiting"),
  sends: integer().notNull().default(0),
  createdAtMs: ms("created_at_ms").notNull().default(now),
  nextAtMs: ms("next_at_ms").notNull().default(now),
  endedAtMs: ms("ended_at_ms"),
  status: integer(),
  problem: text(),
  tookMs: integer("took_ms"),
});
