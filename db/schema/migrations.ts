import { sql } from "drizzle-orm";
import { integer, text, timestamp } from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

// Which migrations have been applied.

export const migrations = signalbox.table("migrations", {
  version: integer().primaryKey(),
  name: text().notNull(),
  checksum: text().notNull(),
  appliedAt: timestamp("applied_at", { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
});
