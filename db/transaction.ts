import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import type { Pool, Queryable } from "./client.ts";

const retryableStates = new Set(["40P01", "40001"]);
const mostTries = 3;

/** SQLSTATE of a database error, undefined for anything else. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/**
 * Run `work` in one transaction on a connection of `pool`: commit when it returns, roll back when it throws.
 * A deadlock or serialization failure (40P01, 40001) is tried again after a moment, three times in all; `work` must therefore
 * have no effect outside the transaction.
 */
export async function inTransaction<Result>(
  pool: Pool,
  work: (transaction: Queryable) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      return await runOnce(client, work);
    } catch (error) {
      if (error instanceof Error && isConnectionError(error)) broken = error;
      if (attempt >= mostTries || !retryableStates.has(sqlState(error) ?? "")) throw error;
    } finally {
      client.release(broken);
    }
    await pauseBefore(attempt + 1);
  }
}

async function runOnce<Result>(
  client: pg.PoolClient,
  work: (transaction: Queryable) => Promise<Result>,
): Promise<Result> {
  await client.query("begin");
  try {
    const result = await work(client as unknown as Queryable);
    await client.query("commit");
    return result;
  } catch (error) {
    // A connection that does not answer would not answer that either; it is closed, which rolls back too.
    if (!isConnectionError(error)) await client.query("rollback").catch(() => undefined);
    throw error;
  }
}

/** Run one statement again when Postgres chose it as the victim of a deadlock (40P01) or serialization failure. */
export async function retryDeadlock<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= mostTries || !retryableStates.has(sqlState(error) ?? "")) throw error;
    }
    await pauseBefore(attempt + 1);
  }
}

/** Some 20 to 60 ms before the second try, three times as much before the third: at once the two would meet again. */
function pauseBefore(attempt: number): Promise<void> {
  return pause((20 + Math.random() * 40) * 3 ** (attempt - 2));
}

/** Whether the connection, not the statement, failed: lost, refused, shut down, starting up. */
export function isConnectionError(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined)
    return state.startsWith("08") || ["57P01", "57P02", "57P03", "53300"].includes(state);
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === "string" && /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENETUNREACH|ENOTFOUND|EAI_AGAIN)/.test(code))
    return true;
  return (
    typeof message === "string" &&
    /connection terminated|connection ended|timeout exceeded when trying to connect|query read timeout|not queryable/i.test(
      message,
    )
  );
}
