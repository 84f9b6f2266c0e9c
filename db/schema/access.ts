import { sql } from "drizzle-orm";
import { customType, text, timestamp } from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

// API tokens, of which only a hash is kept.

/** Raw bytes. */
const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

export const tokens = signalbox.table("tokens", {
  id: text().primaryKey(),
  name: text().notNull(),
  scope: text().notNull(),
  hash: bytea().notNull(),
  prefix: text().notNull(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
  createdBy: text("created_by").notNull(),
  revokedAt: timestamp("revoked_at", { withTimezone: true }),
  lastUsedAt: timestamp("last_used_at", { withTimezone: true }),
});
