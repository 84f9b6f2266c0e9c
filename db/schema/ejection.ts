import { bigint, integer, text } from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

/** Workers that failed far more than their peers. */
export const workerEjections = signalbox.table("worker_ejections", {
  workerId: bigint("worker_id", { mode: "bigint" }).primaryKey(),
  phase: text().notNull(),
  sinceMs: bigint("since_ms", { mode: "number" }).notNull(),
  untilMs: bigint("until_ms", { mode: "number" }),
  times: integer().notNull(),
  definition: text().notNull(),
});
