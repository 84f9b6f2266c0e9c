import { sql } from "drizzle-orm";
import { bigint, customType, integer, jsonb, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

// What takes over the jobs of a definition while a breaker holds them.

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

export const cachedResults = signalbox.table(
  "cached_results",
  {
    definitionId: integer("definition_id").notNull(),
    digest: bytea().notNull(),
    finishedAtMs: bigint("finished_at_ms", { mode: "number" }).notNull(),
    jobId: bigint("job_id", { mode: "bigint" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.definitionId, t.digest] })],
);

export const fallbacks = signalbox.table("fallbacks", {
  definitionId: integer("definition_id").primaryKey(),
  dependency: text().notNull(),
  sinceMs: bigint("since_ms", { mode: "number" }).notNull(),
  endedMs: bigint("ended_ms", { mode: "number" }),
  diverted: integer().notNull().default(0),
  answered: integer().notNull().default(0),
  unfit: integer().notNull().default(0),
  bar: text(),
  eventId: bigint("event_id", { mode: "number" }),
  body: jsonb().notNull().default({}),
});

export const diversions = signalbox.table("diversions", {
  jobId: bigint("job_id", { mode: "bigint" }).primaryKey(),
  eventId: bigint("event_id", { mode: "number" }).notNull(),
  fromLane: integer("from_lane").notNull(),
  fromVersion: integer("from_version").notNull(),
  toLane: integer("to_lane").notNull(),
  class: smallint().notNull(),
  runAtMs: bigint("run_at_ms", { mode: "number" }).notNull(),
  atMs: bigint("at_ms", { mode: "number" }).notNull().default(sql`now_ms()`),
});
