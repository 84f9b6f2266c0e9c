import { pgSchema } from "drizzle-orm/pg-core";

/** The Postgres schema that holds every table. The migrations make it; a test holds these descriptions to them. */
export const signalbox = pgSchema("signalbox");
