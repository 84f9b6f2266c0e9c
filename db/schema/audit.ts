import { sql } from "drizzle-orm";
import { bigint, boolean, customType, jsonb, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

// Who did what: a chain of entries, where it ends, and how far it has been checked.

/** Raw bytes. */
const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });
const noHash = sql`decode(repeat('00', 32), 'hex')`;
const longAgo = sql`'-infinity'`;

/** What an entry says, before it is numbered and chained. */
const said = {
  actor: text().notNull(),
  action: text().notNull(),
  objectKind: text("object_kind").notNull(),
  objectId: text("object_id").notNull(),
  reason: text(),
  before: jsonb(),
  after: jsonb(),
};

export const auditEntries = signalbox.table("audit_entries", {
  id: bigint({ mode: "bigint" }).generatedAlwaysAsIdentity().primaryKey(),
  at: timestamp({ withTimezone: true }).notNull().default(sql`clock_timestamp()`),
  ...said,
  seq: bigint({ mode: "bigint" }).notNull(),
  prev: bytea().notNull(),
  hash: bytea().notNull(),
});

export const auditPending = signalbox.table("audit_pending", {
  id: bigint({ mode: "bigint" }).generatedAlwaysAsIdentity().primaryKey(),
  ...said,
});

export const auditHead = signalbox.table("audit_head", {
  singleton: boolean().default(true).primaryKey(),
  chain: uuid().notNull().defaultRandom(),
  seq: bigint({ mode: "bigint" }).notNull().default(0n),
  hash: bytea().notNull().default(noHash),
  at: timestamp({ withTimezone: true }).notNull().default(longAgo),
});

export const auditChecks = signalbox.table("audit_checks", {
  singleton: boolean().default(true).primaryKey(),
  seq: bigint({ mode: "bigint" }).notNull().default(0n),
  hash: bytea().notNull().default(noHash),
  at: timestamp({ withTimezone: true }).notNull().default(longAgo),
  checkedAt: timestamp("checked_at", { withTimezone: true }),
  lapSeq: bigint("lap_seq", { mode: "bigint" }).notNull().default(0n),
  lapHash: bytea("lap_hash").notNull().default(noHash),
  lapAt: timestamp("lap_at", { withTimezone: true }).notNull().default(longAgo),
  lapEndedAt: timestamp("lap_ended_at", { withTimezone: true }),
  fault: jsonb(),
  anchoredSeq: bigint("anchored_seq", { mode: "bigint" }).notNull().default(0n),
  anchoredAt: timestamp("anchored_at", { withTimezone: true }),
});
