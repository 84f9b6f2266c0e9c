import { sql } from "drizzle-orm";
import { boolean, integer, text, timestamp } from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

// What people keep of the jobs explorer.

export const savedViews = signalbox.table("saved_views", {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  owner: text().notNull(),
  name: text().notNull(),
  query: text().notNull(),
  columns: text().array().notNull(),
  shared: boolean().notNull().default(false),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
});

export const savedViewPins = signalbox.table("saved_view_pins", {
  owner: text().primaryKey(),
  viewId: integer("view_id").notNull(),
});
