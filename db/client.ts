import pg from "pg";

/** A parameterised statement; `name` makes it prepared once a connection. */
export interface Statement {
  name?: string;
  text: string;
  values?: unknown[];
  rowMode?: "array";
}

/** What a store function needs of a connection: a pool, a pooled client, a plain client or a caller's transaction. */
export interface Queryable {
  query(statement: Statement): Promise<{ rows: unknown[]; rowCount: number | null }>;
}

/** A pool that can lend one connection for a transaction. */
export type Pool = pg.Pool;

const jsonOid = 114;
const float8Oid = 701;

/**
 * Type parsers of every Signalbox connection: `json` columns (payload, output, error, decision) stay text, because
 * most readers pass them on; `jsonb` columns (bodies, settings) are parsed; bigint stays text; float8 is a number.
 */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") => {
    if (oid === jsonOid) return (value: string) => value;
    if (oid === float8Oid) return Number.parseFloat;
    return pg.types.getTypeParser(oid, format);
  }) as pg.CustomTypesConfig["getTypeParser"],
};

/** How much later than the server's own limit a statement without an answer is given up with its connection, ms. */
const unansweredMs = 2_000;

export interface PoolOptions {
  connectionString: string;
  /** Most connections; default 5. A pool of one is a dedicated connection that reconnects by itself. */
  max?: number;
  /** What pg_stat_activity shows; default `signalbox`. */
  applicationName?: string;
  /** Server-side limit of one statement, ms; default 30,000; 0 is none. */
  statementTimeoutMs?: number;
  /** Off gives up waiting for the disk at commit: for writes whose loss only repeats work. Default on. */
  synchronousCommit?: boolean;
  /** Keep one plan a prepared statement: for statements whose planning costs more than their running. Default off. */
  genericPlans?: boolean;
  /** Called when a connection breaks; the pool replaces it at the next use. */
  onError?: (error: Error) => void;
}

/** A pool on the database; never throws by itself and outlives restarts of Postgres. */
export function openPool(options: PoolOptions): Pool {
  const statementTimeoutMs = options.statementTimeoutMs ?? 30_000;
  const settings = [
    options.synchronousCommit === false ? "-c synchronous_commit=off" : "",
    options.genericPlans === true ? "-c plan_cache_mode=force_generic_plan" : "",
    `-c statement_timeout=${statementTimeoutMs}`,
    "-c idle_in_transaction_session_timeout=60000",
    "-c jit=off",
  ];
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.max ?? 5,
    application_name: options.applicationName ?? "signalbox",
    options: settings.filter(Boolean).join(" "),
    connectionTimeoutMillis: 10_000,
    // The server keeps the limit as long as it can be reached; this one finds out that it cannot.
    ...(statementTimeoutMs > 0 ? { query_timeout: statementTimeoutMs + unansweredMs } : {}),
    idleTimeoutMillis: 60_000,
    allowExitOnIdle: false,
    keepAlive: true,
    types,
  });
  // Each client keeps a listener of its own: one that is lent out and breaks between two statements has no other, and
  // an error event without one ends the process.
  pool.on("connect", (client) => client.on("error", (error) => options.onError?.(error)));
  pool.on("error", () => undefined);
  return pool;
}

/** A single connection of its own for LISTEN, with the same type parsers; the caller connects and ends it. */
export function openClient(connectionString: string, applicationName: string): pg.Client {
  const client = new pg.Client({
    connectionString,
    application_name: applicationName,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    types,
  });
  // A broken connection is found by the statement that needs it; an error event nobody hears would end the process.
  client.on("error", () => undefined);
  return client;
}
