import { assertSchema } from "#db/migrate.ts";
import { type Engine, openEngine } from "#server/operations/engine.ts";
import type { Log } from "#server/system/log.ts";
import { PostgresTransport } from "./postgres.ts";

/** An engine and a worker transport on a migrated Postgres. */
export async function connectPostgres(
  connectionString: string,
  log: Log,
  kind: "worker" | "http" = "worker",
): Promise<{ engine: Engine; transport: PostgresTransport }> {
  await assertSchema(connectionString);
  const engine = await openEngine({
    connectionString,
    applicationName: "signalbox worker",
    log,
    poolSize: 3,
    lanes: 2,
  });
  return { engine, transport: new PostgresTransport(engine, connectionString, kind) };
}
