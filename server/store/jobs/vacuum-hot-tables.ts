import type { Queryable } from "#db/client.ts";

/** Dead rows of a hot table from which it is worth a vacuum of our own. */
const worthwhileDeadRows = 5_000;

const hotTables = ["ready", "scheduled", "leases", "held", "key_slots"] as const;

/**
 * Vacuum the tables whose rows live for moments, when they have many dead ones: the claim walks the front of an index,
 * and autovacuum comes a minute too late for that. Returns the tables vacuumed. Not inside a transaction.
 */
export async function vacuumHotTables(db: Queryable): Promise<string[]> {
  const { rows } = await db.query({
    name: "count-dead-rows",
    text: `select relname as name from pg_stat_user_tables
      where schemaname = 'signalbox' and relname = any($1) and n_dead_tup > $2`,
    values: [[...hotTables], worthwhileDeadRows],
  });
  const names = (rows as { name: string }[]).map((row) => row.name);
  for (const table of hotTables)
    if (names.includes(table))
      await db.query({ text: `vacuum (skip_locked, truncate off, index_cleanup on) signalbox.${table}` });
  return names;
}
