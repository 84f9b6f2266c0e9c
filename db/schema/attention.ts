import { bigint, boolean, jsonb } from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

export const attention = signalbox.table("attention", {
  singleton: boolean().primaryKey().default(true),
  atMs: bigint("at_ms", { mode: "number" }).notNull(),
  body: jsonb().notNull(),
});
