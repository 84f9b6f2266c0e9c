import { sql } from "drizzle-orm";
import { date, integer, text, timestamp } from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

// What keeping a limited time leaves behind.

export const keptDays = signalbox.table("kept_days", {
  day: date().primaryKey(),
  why: text().notNull(),
  openJobs: integer("open_jobs"),
  at: timestamp({ withTimezone: true }).notNull().default(sql`clock_timestamp()`),
});
