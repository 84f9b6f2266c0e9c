import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";

/**
 * Statements a second that the web process sends while `seconds` pass, from the server's own count of committed and
 * rolled back transactions (each statement of the console is one). Nothing else may use the database meanwhile.
 */
export async function measureIdle(client: pg.Client, seconds: number): Promise<number> {
  const before = await count(client);
  await wait(seconds * 1_000);
  const after = await count(client);
  // The two counts themselves are transactions too.
  return (after - before - 1) / seconds;
}

async function count(client: pg.Client): Promise<number> {
  const { rows } = await client.query(
    `select pg_stat_clear_snapshot(), sum(xact_commit + xact_rollback)::float8 as statements
     from pg_stat_database where datname = current_database()`,
  );
  return rows[0].statements;
}
