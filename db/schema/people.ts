import { sql } from "drizzle-orm";
import { bigint, customType, text, timestamp } from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

// People who sign in to the console; of what they hold only hashes are kept.

/** Raw bytes. */
const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });
const at = (name: string) => timestamp(name, { withTimezone: true });
const atNow = (name: string) => at(name).notNull().default(sql`clock_timestamp()`);

export const users = signalbox.table("users", {
  id: text().primaryKey(),
  login: text().notNull(),
  displayName: text("display_name").notNull(),
  role: text().notNull(),
  passwordHash: text("password_hash").notNull(),
  passwordChangedAt: atNow("password_changed_at"),
  createdAt: atNow("created_at"),
  createdBy: text("created_by").notNull(),
  disabledAt: at("disabled_at"),
  lastSeenAt: at("last_seen_at"),
});

export const sessions = signalbox.table("sessions", {
  hash: bytea().primaryKey(),
  id: text().notNull(),
  userId: text("user_id").notNull(),
  createdAt: atNow("created_at"),
  lastSeenAt: atNow("last_seen_at"),
  expiresAt: at("expires_at").notNull(),
  address: text().notNull(),
  agent: text().notNull(),
});

export const signInLinks = signalbox.table("sign_in_links", {
  id: text().primaryKey(),
  hash: bytea().notNull(),
  kind: text().notNull(),
  login: text(),
  displayName: text("display_name"),
  role: text().notNull(),
  userId: text("user_id"),
  createdAt: atNow("created_at"),
  createdBy: text("created_by").notNull(),
  expiresAt: at("expires_at").notNull(),
  usedAt: at("used_at"),
  voidedAt: at("voided_at"),
});

export const signInFailures = signalbox.table("sign_in_failures", {
  id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
  at: atNow("at"),
  account: bytea().notNull(),
  address: text().notNull(),
});
